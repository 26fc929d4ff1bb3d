// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Tensor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The tensors in what modules take and return: a tensor, or a list or record of tensors.
final class Values {
  private Values() {}

  /// Returns the tensors in `value`, in order; other parts are passed over.
  static List<Tensor> tensors(Object value) {
    return switch (value) {
      case Tensor tensor -> List.of(tensor);
      case List<?> list -> list.stream().flatMap(part -> tensors(part).stream()).toList();
      case Record record -> tensors(parts(record));
      default -> List.of();
    };
  }

  /// Returns the values of a record's components that are there.
  private static List<Object> parts(Record value) {
    List<Object> parts = new ArrayList<>();
    for (RecordComponent component : value.getClass().getRecordComponents()) {
      Object part = part(value, component);
      if (part != null) {
        parts.add(part);
      }
    }
    return parts;
  }

  private static @Nullable Object part(Record value, RecordComponent component) {
    var accessor = component.getAccessor();
    accessor.trySetAccessible();
    try {
      return accessor.invoke(value);
    } catch (IllegalAccessException e) {
      throw closed(value.getClass(), e);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException(
          value.getClass().getName() + " cannot be read: " + e.getCause(), e.getCause());
    }
  }

  /// Returns a copy of `value` with each tensor in it replaced.
  @SuppressWarnings("unchecked") // of the same type as before
  static <T> T map(T value, UnaryOperator<Tensor> change) {
    return switch (value) {
      case Tensor tensor -> (T) change.apply(tensor);
      case List<?> list -> (T) list.stream().map(part -> map(part, change)).toList();
      case Record record -> (T) copied(record, change);
      default -> value;
    };
  }

  private static Record copied(Record value, UnaryOperator<Tensor> change) {
    Class<? extends Record> type = value.getClass();
    RecordComponent[] components = type.getRecordComponents();
    var types = new Class<?>[components.length];
    @Nullable Object[] parts = new @Nullable Object[components.length];
    for (int i = 0; i < components.length; i++) {
      types[i] = components[i].getType();
      Object part = part(value, components[i]);
      parts[i] = part instanceof Tensor tensor ? change.apply(tensor) : part;
    }
    try {
      var constructor = type.getDeclaredConstructor(types);
      constructor.trySetAccessible();
      return constructor.newInstance(parts);
    } catch (NoSuchMethodException | InstantiationException e) {
      throw new LinkageError(e.getMessage(), e);
    } catch (IllegalAccessException e) {
      throw closed(type, e);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException(
          type.getName() + " cannot be copied: " + e.getCause(), e.getCause());
    }
  }

  private static IllegalStateException closed(Class<?> type, IllegalAccessException e) {
    return new IllegalStateException(
        "%s cannot be read: add  opens %s to gradus.nn;  to the module-info of %s"
            .formatted(type.getName(), type.getPackageName(), type.getModule().getName()),
        e);
  }
}
