// SPDX-License-Identifier: Apache-2.0

package gradus.examples;

import static org.assertj.core.api.Assertions.assertThat;

import gradus.Autograd;
import gradus.Tensor;
import gradus.data.DataLoader;
import gradus.nn.F;
import gradus.nn.Init;
import gradus.nn.Module;
import gradus.optim.ClipGrad;
import gradus.optim.LRScheduler;
import gradus.optim.Optimizer;
import gradus.train.Trainer;
import java.io.IOException;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// `docs/pytorch.md` names every op, function and layer, and none that doesn't exist.
///
/// In the right column of its tables stand names and calls in backticks: `` `Tensor.zeros ones` ``,
/// `` `x.sum(1)` ``, `` `new Adam(…)` ``; or "the same", which stands for the names of the left one
/// in Java case.
class PyTorchPageTest {
  private static final Path PAGE = Path.of("..", "docs", "pytorch.md");

  private static final Pattern SPAN = Pattern.compile("`([^`]+)`");
  private static final Pattern NAMES = Pattern.compile("[\\w.]+(\\(\\))?( [\\w.]+(\\(\\))?)*");
  private static final Pattern PACKAGE = Pattern.compile("gradus(\\.[a-z]+)*");
  private static final Pattern MEMBER = Pattern.compile("\\b([A-Z]\\w*)(?:\\.|::)([A-Za-z]\\w*)");
  private static final Pattern MADE = Pattern.compile("\\bnew ([A-Z]\\w*)");
  private static final Pattern CALLED = Pattern.compile("(?<![A-Z]\\w{0,30})\\.([a-z]\\w*)\\(");

  /// What the page names: a member of a type, or of one that it leaves open; or a type.
  private record Name(@Nullable String type, String member) {
    @Override
    public String toString() {
      return type == null ? member : type + "." + member;
    }
  }

  @Test
  void namesEveryOp() throws Exception {
    Set<Name> names = names();
    Set<String> ops = new TreeSet<>();
    for (Method method : Tensor.class.getMethods()) {
      if (method.getDeclaringClass() != Object.class && !method.getName().equals("toString")) {
        ops.add(method.getName());
      }
    }
    ops.removeIf(
        op -> names.contains(new Name(null, op)) || names.contains(new Name("Tensor", op)));
    assertThat(ops).as("methods of Tensor that docs/pytorch.md doesn't name").isEmpty();
  }

  @Test
  void namesEveryFunction() throws Exception {
    Set<Name> names = names();
    Set<String> functions = new TreeSet<>();
    for (Method method : F.class.getMethods()) {
      if (Modifier.isStatic(method.getModifiers())) {
        functions.add(method.getName());
      }
    }
    functions.removeIf(function -> names.contains(new Name("F", function)));
    assertThat(functions).as("methods of F that docs/pytorch.md doesn't name").isEmpty();
  }

  @Test
  void namesEveryLayer() throws Exception {
    Set<Name> names = names();
    Set<String> layers = new TreeSet<>();
    for (Class<?> type : publicTypes(Module.class)) {
      if (Module.class.isAssignableFrom(type) && !Modifier.isAbstract(type.getModifiers())) {
        layers.add(type.getSimpleName());
      }
    }
    assertThat(layers).contains("Linear", "MSELoss");
    layers.removeIf(layer -> names.contains(new Name(null, layer)));
    assertThat(layers).as("layers that docs/pytorch.md doesn't name").isEmpty();
  }

  @Test
  void namesEveryDerivativeAndInitialisation() throws Exception {
    Set<Name> names = names();
    Set<String> methods = new TreeSet<>();
    for (Class<?> type : List.of(Autograd.class, Init.class, ClipGrad.class)) {
      for (Method method : type.getDeclaredMethods()) {
        if (Modifier.isPublic(method.getModifiers()) && Modifier.isStatic(method.getModifiers())) {
          methods.add(type.getSimpleName() + "." + method.getName());
        }
      }
    }
    methods.remove("Autograd.options");
    assertThat(methods).contains("Autograd.grad", "Init.kaimingNormal");
    names.forEach(name -> methods.remove(name.toString()));
    assertThat(methods).as("static methods that docs/pytorch.md doesn't name").isEmpty();
  }

  @Test
  void namesEveryOptimizerAndScheduler() throws Exception {
    Set<Name> names = names();
    Set<String> types = new TreeSet<>();
    for (Class<?> type : publicTypes(Optimizer.class)) {
      boolean used =
          Optimizer.class.isAssignableFrom(type) || LRScheduler.class.isAssignableFrom(type);
      if (used && !Modifier.isAbstract(type.getModifiers())) {
        types.add(type.getSimpleName());
      }
    }
    assertThat(types).contains("Adam", "StepLR");
    types.removeIf(type -> names.contains(new Name(null, type)));
    assertThat(types).as("optimizers and schedulers that docs/pytorch.md doesn't name").isEmpty();
  }

  @Test
  void everyNameExists() throws Exception {
    Map<String, List<Class<?>>> types = new TreeMap<>();
    Set<String> members = new TreeSet<>();
    for (Class<?> java : List.of(List.class, Double.class)) {
      types.put(java.getSimpleName(), List.of(java));
      members.addAll(members(java));
    }
    for (Class<?> anchor :
        List.of(Tensor.class, Module.class, Optimizer.class, DataLoader.class, Trainer.class)) {
      for (Class<?> type : publicTypes(anchor)) {
        types.computeIfAbsent(type.getSimpleName(), _ -> new ArrayList<>()).add(type);
        members.addAll(members(type));
      }
    }
    Set<String> unknown = new TreeSet<>();
    for (Name name : names()) {
      boolean known =
          name.type() == null
              ? types.containsKey(name.member()) || members.contains(name.member())
              : types.getOrDefault(name.type(), List.of()).stream()
                  .anyMatch(type -> members(type).contains(name.member()));
      if (!known) {
        unknown.add(name.toString());
      }
    }
    assertThat(unknown).as("what docs/pytorch.md names and nobody finds").isEmpty();
  }

  /// The names of public methods, fields and nested types, inherited ones too.
  private static Set<String> members(Class<?> type) {
    return Stream.of(type.getMethods(), type.getFields(), type.getClasses())
        .flatMap(Arrays::stream)
        .map(
            member ->
                member instanceof Class<?> nested
                    ? nested.getSimpleName()
                    : ((Member) member).getName())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /// The public types of the module that `anchor` is in, in exported packages.
  private static List<Class<?>> publicTypes(Class<?> anchor)
      throws IOException, URISyntaxException, ClassNotFoundException {
    URI location = anchor.getProtectionDomain().getCodeSource().getLocation().toURI();
    if (Files.isDirectory(Path.of(location))) {
      return publicTypes(anchor, Path.of(location));
    }
    try (var jar = FileSystems.newFileSystem(Path.of(location))) {
      return publicTypes(anchor, jar.getPath("/"));
    }
  }

  private static List<Class<?>> publicTypes(Class<?> anchor, Path root)
      throws IOException, ClassNotFoundException {
    List<Class<?>> types = new ArrayList<>();
    List<String> files;
    try (Stream<Path> all = Files.walk(root)) {
      files = all.map(file -> root.relativize(file).toString()).sorted().toList();
    }
    for (String file : files) {
      String name = file.replace('/', '.').replace('\\', '.');
      boolean hidden = name.startsWith("gradus.kernel.") || name.startsWith("gradus.internal.");
      if (name.startsWith("gradus.") && name.endsWith(".class") && !hidden) {
        Class<?> type =
            Class.forName(
                name.substring(0, name.length() - ".class".length()),
                false,
                anchor.getClassLoader());
        if (Modifier.isPublic(type.getModifiers())) {
          types.add(type);
        }
      }
    }
    return types;
  }

  private static Set<Name> names() throws IOException {
    Set<Name> names = new LinkedHashSet<>();
    for (String line : Files.readAllLines(PAGE)) {
      String[] cells = line.split("(?<!\\\\)\\|", -1);
      if (cells.length >= 4 && !cells[1].startsWith("---")) {
        collect(cells[2], false, names);
        if (cells[2].strip().startsWith("the same")) {
          collect(cells[1], true, names);
        }
      }
    }
    assertThat(names).contains(new Name("Tensor", "zeros"), new Name(null, "matmul"));
    return names;
  }

  private static void collect(String cell, boolean python, Set<Name> names) {
    Matcher spans = SPAN.matcher(cell);
    while (spans.find()) {
      String span = spans.group(1);
      if (NAMES.matcher(span).matches() && !PACKAGE.matcher(span).matches()) {
        collectList(span, python, names);
      } else if (!PACKAGE.matcher(span).matches()) {
        collectCall(python ? camel(span) : span, names);
      }
    }
  }

  /// `Tensor.zeros ones full`, of which the type is that of all; or `x.mean`, of no named one.
  private static void collectList(String span, boolean python, Set<Name> names) {
    String type = null;
    for (String word : span.replace("()", "").split(" ", -1)) {
      int dot = word.lastIndexOf('.');
      String member = word.substring(dot + 1);
      if (dot >= 0) {
        String owner = word.substring(0, dot);
        type = Character.isUpperCase(owner.charAt(0)) && !python ? owner : null;
      }
      boolean isType = type == null || Character.isUpperCase(member.charAt(0));
      names.add(new Name(isType && dot < 0 ? null : type, python ? camel(member) : member));
    }
  }

  private static void collectCall(String span, Set<Name> names) {
    Matcher member = MEMBER.matcher(span);
    while (member.find()) {
      names.add(new Name(member.group(1), member.group(2)));
    }
    Matcher made = MADE.matcher(span);
    while (made.find()) {
      names.add(new Name(null, made.group(1)));
    }
    Matcher called = CALLED.matcher(span);
    while (called.find()) {
      names.add(new Name(null, called.group(1)));
    }
  }

  /// `masked_fill` as `maskedFill`.
  private static String camel(String name) {
    return Pattern.compile("_([a-z0-9])")
        .matcher(name)
        .replaceAll(found -> found.group(1).toUpperCase(Locale.ROOT));
  }
}
