// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Tensor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// The tensors in what modules take and return: a tensor, or a list or record of tensors.
final class Values {
  private Values() {}

  /// Returns the tensors in `value`, in order; other parts are passed over.
  static List<Tensor> tensors(Object value) {
    List<Tensor> found = new ArrayList<>();
    map(
        value,
        tensor -> {
          found.add(tensor);
          return tensor;
        });
    return found;
  }

  /// Returns a copy of `value` with each tensor in it replaced.
  @SuppressWarnings("unchecked") // of the same type as before
  static <T> T map(T value, UnaryOperator<Tensor> change) {
    return switch (value) {
      case Tensor tensor -> (T) change.apply(tensor);
      case List<?> list -> (T) list.stream().map(part -> map(part, change)).toList();
      case Record record -> (T) mapRecord(record, change);
      default -> value;
    };
  }

  private static Record mapRecord(Record value, UnaryOperator<Tensor> change) {
    RecordComponent[] components = value.getClass().getRecordComponents();
    var types = new Class<?>[components.length];
    var parts = new Object[components.length];
    try {
      boolean changed = false;
      for (int i = 0; i < components.length; i++) {
        types[i] = components[i].getType();
        var accessor = components[i].getAccessor();
        accessor.trySetAccessible();
        Object part = accessor.invoke(value);
        parts[i] = part instanceof Tensor tensor ? change.apply(tensor) : part;
        changed |= parts[i] != part;
      }
      if (!changed) {
        return value;
      }
      var constructor = value.getClass().getDeclaredConstructor(types);
      constructor.trySetAccessible();
      return constructor.newInstance(parts);
    } catch (IllegalAccessException e) {
      Class<?> type = value.getClass();
      throw new IllegalStateException(
          "%s cannot be read: add  opens %s to gradus.nn;  to the module-info of %s"
              .formatted(type.getName(), type.getPackageName(), type.getModule().getName()),
          e);
    } catch (NoSuchMethodException | InstantiationException e) {
      throw new AssertionError(e);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException(
          value.getClass().getName() + " cannot be copied: " + e.getCause(), e.getCause());
    }
  }
}
