// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

import java.util.List;
import java.util.StringJoiner;

/// Writes the source of [GemmKernel], in which every accumulator is a variable of its own. To
/// change the kernel, change this, and from the root of the project run
///
/// ```
/// java core/src/test/java/gradus/kernel/GemmKernelSource.java \
///   > core/src/main/java/gradus/kernel/GemmKernel.java
/// ```
final class GemmKernelSource {
  /// Rows of a tile, and of those that fill up what is left.
  private static final int[] ROWS = {6, 4, 2, 1};

  /// Most vectors in a row of a tile.
  private static final int VECTORS = 4;

  private static final List<String> PARAMETERS =
      List.of(
          "int kc",
          "float[] a",
          "int ao",
          "int as",
          "float[] b",
          "int bo",
          "int bs",
          "float[] c",
          "int co");

  private static final String ARGUMENTS = "kc, a, ao, as, b, bo, bs, c, co, cs";

  private final StringBuilder out = new StringBuilder();

  private GemmKernelSource() {}

  public static void main(String[] args) {
    System.out.print(source());
  }

  static String source() {
    var source = new GemmKernelSource();
    source.head();
    for (int rows : ROWS) {
      source.choice(rows);
      for (int vectors = 1; vectors <= VECTORS; vectors++) {
        source.tile(rows, vectors);
      }
    }
    return source.line("}").out.toString();
  }

  private void head() {
    out.append(
        """
        // SPDX-License-Identifier: Apache-2.0
        package gradus.kernel;

        import jdk.incubator.vector.FloatVector;
        import jdk.incubator.vector.VectorSpecies;

        /// The innermost loops of the matrix product: a tile of C, held in registers, gains the product of
        /// a stretch of A's rows and a panel of B. Written by `GemmKernelSource`, among the tests.
        ///
        /// A tile is [#MR] rows, or fewer where A ends, of one to [#VECTORS] vectors. Its size has no
        /// influence on any result, only on speed: 24 accumulators are best with 32 registers of 512 bits,
        /// and with 16 registers more than 12 spill. Every accumulator is a variable of its own, because
        /// arrays of vectors are not kept in registers.
        @SuppressWarnings("UnusedVariable") // rows have no distance where there is one
        final class GemmKernel {
          private static final VectorSpecies<Float> S = Lanes.FLOATS;
          private static final int VL = S.length();

          /// Most rows of a tile.
          static final int MR = %d;

          /// Most vectors in a row of a tile.
          static final int VECTORS = S.vectorBitSize() == 512 ? %d : 2;

          private GemmKernel() {}

          /// Returns how many rows the next tile has if so many are left.
          static int height(int rows) {
            return rows >= 6 ? 6 : rows >= 4 ? 4 : rows >= 2 ? 2 : 1;
          }

          /// Adds to the tile of C at `co`, whose rows are `cs` apart, the products of `kc` columns of A,
          /// whose rows start at `ao` and are `as` apart, and `kc` rows of `vectors` vectors of B, which
          /// start at `bo` and are `bs` apart: each element gains one fma chain from +0. (With another
          /// array in place of the old C, the compiler's choice of registers came to depend on what ran
          /// before, and cost a fifth of the speed in every other process.)
          static void tile(
              int rows,
              int vectors,
        """
            .formatted(ROWS[0], VECTORS));
    parameters();
    line("    switch (rows) {");
    for (int rows : ROWS) {
      String label = rows == 1 ? "default" : "case " + rows;
      line("      %s -> rows%d(vectors, %s);".formatted(label, rows, ARGUMENTS));
    }
    line("    }");
    line("  }");
  }

  /// All but the first.
  private void parameters() {
    for (String parameter : PARAMETERS) {
      line("      %s,".formatted(parameter));
    }
    line("      int cs) {");
  }

  private void choice(int rows) {
    line("");
    line("  private static void rows%d(".formatted(rows));
    line("      int vectors,");
    parameters();
    line("    switch (vectors) {");
    for (int v = 1; v <= VECTORS; v++) {
      String label = v == VECTORS ? "default" : "case " + v;
      line("      %s -> tile%dx%d(%s);".formatted(label, rows, v, ARGUMENTS));
    }
    line("    }");
    line("  }");
  }

  private void tile(int rows, int vectors) {
    line("");
    line("  private static void tile%dx%d(".formatted(rows, vectors));
    line("      " + String.join(", ", PARAMETERS) + ", int cs) {");
    line("    int a0 = ao;");
    for (int r = 1; r < rows; r++) {
      line("    int a%d = a%d + as;".formatted(r, r - 1));
    }
    line("    FloatVector zero = FloatVector.zero(S);");
    for (int r = 0; r < rows; r++) {
      for (int v = 0; v < vectors; v++) {
        line("    FloatVector %s = zero;".formatted(accumulator(r, v)));
      }
    }
    line("    for (int k = 0; k < kc; k++) {");
    for (int v = 0; v < vectors; v++) {
      line("      var b%d = FloatVector.fromArray(S, b, %s);".formatted(v, sum("bo + k * bs", v)));
    }
    line("      FloatVector x;");
    for (int r = 0; r < rows; r++) {
      line("      x = FloatVector.broadcast(S, a[a%d + k]);".formatted(r));
      for (int v = 0; v < vectors; v++) {
        line("      %s = x.fma(b%d, %s);".formatted(accumulator(r, v), v, accumulator(r, v)));
      }
    }
    line("    }");
    line("    int at = co;");
    for (int r = 0; r < rows; r++) {
      if (r > 0) {
        line("    at += cs;");
      }
      for (int v = 0; v < vectors; v++) {
        String at = sum("at", v);
        line(
            "    FloatVector.fromArray(S, c, %s).add(%s).intoArray(c, %s);"
                .formatted(at, accumulator(r, v), at));
      }
    }
    line("  }");
  }

  private static String accumulator(int row, int vector) {
    return "c" + row + vector;
  }

  /// `start`, and so many vectors on.
  private static String sum(String start, int vectors) {
    var sum = new StringJoiner(" + ").add(start);
    if (vectors > 0) {
      sum.add(vectors == 1 ? "VL" : vectors + " * VL");
    }
    return sum.toString();
  }

  private GemmKernelSource line(String text) {
    out.append(text).append('\n');
    return this;
  }
}
