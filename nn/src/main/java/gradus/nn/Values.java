// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Tensor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;

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
      var accessor = component.getAccessor();
      accessor.trySetAccessible();
      try {
        Object part = accessor.invoke(value);
        if (part != null) {
          parts.add(part);
        }
      } catch (IllegalAccessException e) {
        Class<?> type = value.getClass();
        throw new IllegalStateException(
            "%s cannot be read: add  opens %s to gradus.nn;  to the module-info of %s"
                .formatted(type.getName(), type.getPackageName(), type.getModule().getName()),
            e);
      } catch (InvocationTargetException e) {
        throw new IllegalStateException(
            value.getClass().getName() + " cannot be read: " + e.getCause(), e.getCause());
      }
    }
    return parts;
  }
}
