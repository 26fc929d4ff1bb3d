// SPDX-License-Identifier: Apache-2.0

package gradus.examples;

import static java.lang.constant.ConstantDescs.CD_float;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeModel;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.module.ModuleReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// No compiled class of Gradus calls what gives other bits on another machine: the transcendental
/// functions of `Math`, which are platform intrinsics, those of the Vector API, and reductions of
/// floating-point lanes, whose order is the machine's own. Instead: core's kernels, or
/// `StrictMath`.
class PlatformMathTest {
  private static final String MATH = "java/lang/Math";
  private static final String OPERATORS = "jdk/incubator/vector/VectorOperators";
  private static final Set<String> FLOATING_VECTORS =
      Set.of("jdk/incubator/vector/FloatVector", "jdk/incubator/vector/DoubleVector");

  /// In `Math` in lower case, in `VectorOperators` in upper case.
  private static final Set<String> INEXACT =
      Set.of(
          "acos", "asin", "atan", "atan2", "cbrt", "cos", "cosh", "exp", "expm1", "hypot", "log",
          "log10", "log1p", "pow", "sin", "sinh", "tan", "tanh", "random");

  private static final Set<String> EXACT_REDUCTIONS = Set.of("MIN", "MAX");

  @ParameterizedTest
  @ValueSource(
      strings = {"gradus.core", "gradus.nn", "gradus.optim", "gradus.data", "gradus.train"})
  void noModuleUsesIt(String module) throws IOException {
    var reference = ModuleLayer.boot().configuration().findModule(module).orElseThrow().reference();
    List<String> found = new ArrayList<>();
    try (ModuleReader reader = reference.open();
        var names = reader.list()) {
      List<String> classes = names.filter(name -> name.endsWith(".class")).toList();
      assertThat(classes).isNotEmpty();
      for (String name : classes) {
        found.addAll(platformMath(read(reader, name)));
      }
    }
    assertThat(found).isEmpty();
  }

  @Test
  void callsAndMethodReferencesAreFound() throws IOException {
    try (var in = PlatformMathTest.class.getResourceAsStream("PlatformMathTest$Offender.class")) {
      assertThat(platformMath(in.readAllBytes()))
          .containsExactlyInAnyOrder(
              "gradus/examples/PlatformMathTest$Offender uses Math.exp",
              "gradus/examples/PlatformMathTest$Offender uses Math.tanh");
    }
  }

  @Test
  void vectorOperatorsAndReductionsAreFound() {
    assertThat(platformMath(reducing("ADD"))).containsExactly("Reducing reduces lanes by ADD");
    assertThat(platformMath(reducing("EXP")))
        .containsExactly("Reducing uses VectorOperators.EXP", "Reducing reduces lanes by EXP");
    assertThat(platformMath(reducing("MAX"))).isEmpty();
  }

  private static List<String> platformMath(byte[] bytes) {
    ClassModel model = ClassFile.of().parse(bytes);
    String name = model.thisClass().asInternalName();
    List<String> found = new ArrayList<>();
    for (var entry : model.constantPool()) {
      if (entry instanceof MemberRefEntry member) {
        String owner = member.owner().asInternalName();
        String used = member.name().stringValue();
        if (owner.equals(MATH) && INEXACT.contains(used)) {
          found.add(name + " uses Math." + used);
        } else if (owner.equals(OPERATORS)
            && INEXACT.stream().anyMatch(inexact -> inexact.equalsIgnoreCase(used))) {
          found.add(name + " uses VectorOperators." + used);
        } else if (FLOATING_VECTORS.contains(owner) && used.equals("pow")) {
          found.add(name + " uses pow of vectors");
        }
      }
    }
    for (var method : model.methods()) {
      method.code().ifPresent(code -> inexactReductions(name, code, found));
    }
    return found;
  }

  /// The operator of a reduction is the constant loaded last before it.
  private static void inexactReductions(String name, CodeModel code, List<String> found) {
    String operator = "a variable";
    for (var element : code) {
      if (element instanceof FieldInstruction field
          && field.owner().asInternalName().equals(OPERATORS)) {
        operator = field.name().stringValue();
      } else if (element instanceof InvokeInstruction call
          && FLOATING_VECTORS.contains(call.owner().asInternalName())
          && call.name().stringValue().startsWith("reduceLanes")) {
        if (!EXACT_REDUCTIONS.contains(operator)) {
          found.add(name + " reduces lanes by " + operator);
        }
        operator = "a variable";
      }
    }
  }

  /// The bytes of `class Reducing { static float f(FloatVector v) { return v.reduceLanes(OP); } }`.
  private static byte[] reducing(String operator) {
    ClassDesc vector = ClassDesc.of("jdk.incubator.vector.FloatVector");
    ClassDesc operators = ClassDesc.of("jdk.incubator.vector.VectorOperators");
    ClassDesc associative = operators.nested("Associative");
    return ClassFile.of()
        .build(
            ClassDesc.of("Reducing"),
            type ->
                type.withMethodBody(
                    "f",
                    MethodTypeDesc.of(CD_float, vector),
                    ClassFile.ACC_STATIC,
                    code ->
                        code.aload(0)
                            .getstatic(operators, operator, associative)
                            .invokevirtual(
                                vector, "reduceLanes", MethodTypeDesc.of(CD_float, associative))
                            .freturn()));
  }

  private static byte[] read(ModuleReader reader, String name) {
    try (var in = reader.open(name).orElseThrow()) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @SuppressWarnings("unused")
  private static final class Offender {
    private final DoubleUnaryOperator tanh = Math::tanh;

    double of(double x) {
      return Math.sqrt(Math.fma(Math.exp(x), StrictMath.log(x), Math.abs(x)));
    }
  }
}
