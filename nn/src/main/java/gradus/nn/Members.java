// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Buffer;
import gradus.Parameter;
import gradus.Tensor;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedCollection;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What one module holds in its fields, by name: its children, parameters and buffers, in the order
/// in which the fields are declared, superclass first.
///
/// Arrays, sequenced collections, maps with a defined order, records and [Optional]s are looked
/// into. What would be missed or named at random is an error that names the field: a module
/// captured by a lambda or an inner class, or held in a map or set without an order.
final class Members {
  private static final ClassValue<List<Field>> FIELDS =
      new ClassValue<>() {
        @Override
        protected List<Field> computeValue(Class<?> type) {
          return fields(type, Module.class, field -> !field.isSynthetic());
        }
      };

  /// What an inner, anonymous or local class (synthetic fields) or a lambda (a hidden class, all of
  /// whose fields are captured values) took along from where it was written. The JDK's own classes
  /// are closed to us and left alone.
  private static final ClassValue<List<Field>> CAPTURED =
      new ClassValue<>() {
        @Override
        protected List<Field> computeValue(Class<?> type) {
          return type.getClassLoader() == null
              ? List.of()
              : fields(type, Object.class, field -> field.isSynthetic() || type.isHidden());
        }
      };

  /// Modules that only hold others, by number or key.
  private static final Set<Class<?>> CONTAINERS =
      Set.of(Sequential.class, ModuleList.class, ModuleDict.class);

  private final SequencedMap<String, Module> children = new LinkedHashMap<>();
  private final SequencedMap<String, Parameter> parameters = new LinkedHashMap<>();
  private final SequencedMap<String, Buffer> buffers = new LinkedHashMap<>();
  private final Set<Object> path = Collections.newSetFromMap(new IdentityHashMap<>());

  private Members() {}

  /// Returns what `module` holds now.
  static Members of(Module module) {
    var members = new Members();
    for (Field field : FIELDS.get(module.getClass())) {
      members.collect(name(field), where(field), read(field, module));
    }
    for (Field field : CAPTURED.get(module.getClass())) {
      refuse(
          read(field, module),
          where(field),
          "captures a %s from around its class, whose parameters would be left out;"
              + " make the class static and the module one of its own fields");
    }
    return members;
  }

  /// The name of what a field holds. Of containers it is said here, not by a [Name], that it is
  /// empty: the first annotation to be read takes a process 16 ms, and most nets are a
  /// [Sequential].
  private static String name(Field field) {
    if (CONTAINERS.contains(field.getDeclaringClass())) {
      return "";
    }
    Name name = field.getAnnotation(Name.class);
    return name == null ? field.getName() : name.value();
  }

  SequencedMap<String, Module> children() {
    return children;
  }

  SequencedMap<String, Parameter> parameters() {
    return parameters;
  }

  SequencedMap<String, Buffer> buffers() {
    return buffers;
  }

  private void collect(String name, String where, @Nullable Object value) {
    switch (value) {
      case null -> {}
      case Module module -> add(children, name, where, module);
      case Parameter parameter -> add(parameters, name, where, parameter);
      case Buffer buffer -> add(buffers, name, where, buffer);
      case Tensor _ -> {} // a constant: not state
      case Optional<?> optional -> collect(name, where, optional.orElse(null));
      default -> {
        if (!path.add(value)) {
          throw new IllegalArgumentException(where + " contains itself");
        }
        collectParts(name, where, value);
        path.remove(value);
      }
    }
  }

  private void collectParts(String name, String where, Object value) {
    switch (value) {
      case Record parts -> {
        for (RecordComponent part : parts.getClass().getRecordComponents()) {
          if (canHold(part.getType())) {
            String key = part.getName();
            collect(join(name, key), where + "." + key, read(part, parts, where + "." + key));
          }
        }
      }
      case Object[] parts -> collectAll(name, where, Arrays.asList(parts));
      case SequencedCollection<?> parts -> collectAll(name, where, parts);
      case Collection<?> parts -> refuse(parts.toArray(), where, unordered("LinkedHashSet", parts));
      case Map<?, ?> parts when parts instanceof SequencedMap || parts instanceof EnumMap -> {
        refuse(parts.keySet().toArray(), where, "has a %s as a key, where only values count");
        parts.forEach(
            (key, part) -> {
              String place = where + "." + key;
              if (first(part, place) != null) {
                collect(join(name, key(key, where)), place, part);
              }
            });
      }
      case Map<?, ?> parts -> {
        String reason = unordered("LinkedHashMap, TreeMap or EnumMap", parts);
        refuse(parts.values().toArray(), where, reason);
        refuse(parts.keySet().toArray(), where, reason);
      }
      default -> {
        for (Field field : CAPTURED.get(value.getClass())) {
          refuse(
              read(field, value),
              where,
              "is a lambda or an inner class that captures a %s, whose parameters would be left"
                  + " out; give the module itself, or write a Layer that has it as a field");
        }
      }
    }
  }

  private void collectAll(String name, String where, Collection<?> parts) {
    int i = 0;
    for (Object part : parts) {
      collect(join(name, String.valueOf(i)), where + "." + i, part);
      i++;
    }
  }

  private static <T> void add(
      SequencedMap<String, T> members, String name, String where, T member) {
    if (members.putIfAbsent(name, member) != null) {
      throw new IllegalArgumentException(
          where + ": two members are named \"" + name + "\"; rename the field or give it a @Name");
    }
  }

  /// Returns the first module, parameter or buffer in `value`, or null.
  private static @Nullable Object first(@Nullable Object value, String where) {
    var probe = new Members();
    probe.collect("", where, value);
    if (!probe.children.isEmpty()) {
      return probe.children.firstEntry().getValue();
    }
    if (!probe.parameters.isEmpty()) {
      return probe.parameters.firstEntry().getValue();
    }
    return probe.buffers.isEmpty() ? null : probe.buffers.firstEntry().getValue();
  }

  private static void refuse(@Nullable Object value, String where, String reason) {
    Object found = first(value, where);
    if (found != null) {
      throw new IllegalArgumentException(
          where + " " + reason.formatted(found.getClass().getSimpleName()));
    }
  }

  private static String unordered(String instead, Object container) {
    return "holds a %s in a "
        + container.getClass().getSimpleName()
        + ", which has no order of its own; use a "
        + instead;
  }

  private static String key(@Nullable Object key, String where) {
    String name =
        switch (key) {
          case String s -> s;
          case Enum<?> e -> e.name();
          case Integer i -> i.toString();
          case Long l -> l.toString();
          case null, default -> "";
        };
    if (name.isEmpty() || name.contains(".")) {
      throw new IllegalArgumentException(
          where + ": the key " + key + " is no name; use a string without dots, an enum or an int");
    }
    return name;
  }

  /// Returns `prefix.name`, or the one of the two that is not empty.
  static String join(String prefix, String name) {
    return prefix.isEmpty() || name.isEmpty() ? prefix + name : prefix + "." + name;
  }

  private static List<Field> fields(Class<?> type, Class<?> root, Predicate<Field> wanted) {
    var all = new ArrayList<Field>();
    for (Class<?> c = type; c != root && c != null; c = c.getSuperclass()) {
      all.addAll(
          0,
          Arrays.stream(c.getDeclaredFields())
              .filter(field -> !Modifier.isStatic(field.getModifiers()) && canHold(field.getType()))
              .filter(wanted)
              .toList());
    }
    return List.copyOf(all);
  }

  /// Returns whether a value of this static type may be, hold or capture a module or parameter;
  /// what cannot is never read, so it needs no `opens` either.
  private static boolean canHold(Class<?> type) {
    if (type.isArray()) {
      return canHold(type.getComponentType());
    }
    boolean closed = type.isPrimitive() || type.isEnum() || Modifier.isFinal(type.getModifiers());
    return !closed || HOLDERS.stream().anyMatch(holder -> holder.isAssignableFrom(type));
  }

  private static final Set<Class<?>> HOLDERS =
      Set.of(Module.class, Tensor.class, Record.class, Optional.class, Collection.class, Map.class);

  private static @Nullable Object read(Field field, Object owner) {
    open(field, field.trySetAccessible(), where(field));
    try {
      return field.get(owner);
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }

  private static @Nullable Object read(RecordComponent part, Record owner, String where) {
    Method accessor = part.getAccessor();
    open(accessor, accessor.canAccess(owner) || accessor.trySetAccessible(), where);
    try {
      return accessor.invoke(owner);
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException(where + " cannot be read: " + e.getCause(), e.getCause());
    }
  }

  private static <M extends AccessibleObject & Member> void open(
      M member, boolean readable, String where) {
    if (!readable) {
      Class<?> type = member.getDeclaringClass();
      throw new IllegalStateException(
          "%s cannot be read: add  opens %s to gradus.nn;  to the module-info of %s"
              .formatted(where, type.getPackageName(), type.getModule().getName()));
    }
  }

  private static String where(Field field) {
    return field.getDeclaringClass().getName() + "." + field.getName();
  }
}
