// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

import java.util.List;
import java.util.StringJoiner;

/// Writes the sources of [GemmKernel] and [ConvKernel], in which every accumulator is a variable of
/// its own. To change a kernel, change this, and from the root of the project run
///
/// ```
/// for kernel in GemmKernel ConvKernel; do
///   java core/src/test/java/gradus/kernel/TileSource.java $kernel \
///     > core/src/main/java/gradus/kernel/$kernel.java
/// done
/// ```
final class TileSource {
  /// Rows of the largest tile.
  private static final int ROWS = 6;

  /// Most vectors in a row of a tile.
  private static final int VECTORS = 4;

  /// A kernel.
  ///
  /// @param name of its class
  /// @param head what comes before the choice of a tile
  /// @param parameters of a tile, without the last, which is `int cs`
  /// @param packed whether the tile's elements of a column of A lie side by side
  /// @param row where the k-th row of B begins
  private record Kind(
      String name, String head, List<String> parameters, boolean packed, String row) {
    String arguments() {
      var arguments = new StringJoiner(", ");
      for (String parameter : parameters) {
        arguments.add(parameter.substring(parameter.indexOf(' ') + 1));
      }
      return arguments.add("cs").toString();
    }
  }

  private static final Kind GEMM =
      new Kind(
          "GemmKernel",
          """
          // SPDX-License-Identifier: Apache-2.0
          package gradus.kernel;

          import jdk.incubator.vector.FloatVector;
          import jdk.incubator.vector.VectorSpecies;

          /// The innermost loops of the matrix product: a tile of C, held in registers, gains the product of
          /// a stretch of A's rows and a panel of B. Written by `TileSource`, among the tests.
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

            /// Returns how many rows the next tile has if so many are left, the last ones alike.
            static int height(int rows) {
              return rows <= MR ? rows : rows < 2 * MR ? (rows + 1) / 2 : MR;
            }

            /// Adds to the tile of C at `co`, whose rows are `cs` apart, the products of `kc` columns of A,
            /// whose rows start at `ao` and are `as` apart, and `kc` rows of `vectors` vectors of B, which
            /// start at `bo` and are `bs` apart: each element gains one fma chain from +0. (With another
            /// array in place of the old C, the compiler's choice of registers came to depend on what ran
            /// before, and cost a fifth of the speed in every other process.)
          """
              .formatted(ROWS, VECTORS),
          List.of(
              "int kc",
              "float[] a",
              "int ao",
              "int as",
              "float[] b",
              "int bo",
              "int bs",
              "float[] c",
              "int co"),
          false,
          "bo + k * bs");

  private static final Kind CONV =
      new Kind(
          "ConvKernel",
          """
          // SPDX-License-Identifier: Apache-2.0
          package gradus.kernel;

          import jdk.incubator.vector.FloatVector;
          import jdk.incubator.vector.VectorSpecies;

          /// The innermost loops of convolutions: as [GemmKernel], but the rows of B are not packed into a
          /// panel: a table says where each lies in an image. What is packed is A, which leaves the registers
          /// of integers to the addresses of B. Written by `TileSource`, among the tests.
          @SuppressWarnings("UnusedVariable") // rows have no distance where there is one
          final class ConvKernel {
            private static final VectorSpecies<Float> S = Lanes.FLOATS;
            private static final int VL = S.length();

            private ConvKernel() {}

            /// See [ConvArrays#correlate].
          """,
          List.of(
              "int[] off",
              "int ko",
              "int kc",
              "float[] a",
              "int ao",
              "float[] b",
              "int bo",
              "float[] c",
              "int co"),
          true,
          "bo + off[ko + k]");

  private final Kind kind;
  private final StringBuilder out = new StringBuilder();

  private TileSource(Kind kind) {
    this.kind = kind;
  }

  public static void main(String[] args) {
    System.out.print(source(args[0]));
  }

  static String source(String name) {
    return new TileSource(name.equals(GEMM.name) ? GEMM : CONV).write();
  }

  private String write() {
    out.append(kind.head);
    choice();
    for (int rows = ROWS; rows >= 1; rows--) {
      choice(rows);
      for (int vectors = 1; vectors <= VECTORS; vectors++) {
        tile(rows, vectors);
      }
    }
    return line("}").out.toString();
  }

  private void choice() {
    line("  static void tile(");
    line("      int rows,");
    line("      int vectors,");
    parameters();
    line("    switch (rows) {");
    for (int rows = ROWS; rows >= 1; rows--) {
      String label = rows == 1 ? "default" : "case " + rows;
      line("      %s -> rows%d(vectors, %s);".formatted(label, rows, kind.arguments()));
    }
    line("    }");
    line("  }");
  }

  private void parameters() {
    for (String parameter : kind.parameters) {
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
      line("      %s -> tile%dx%d(%s);".formatted(label, rows, v, kind.arguments()));
    }
    line("    }");
    line("  }");
  }

  private void tile(int rows, int vectors) {
    line("");
    line("  private static void tile%dx%d(".formatted(rows, vectors));
    line("      " + String.join(", ", kind.parameters) + ", int cs) {");
    if (!kind.packed) {
      line("    int a0 = ao;");
      for (int r = 1; r < rows; r++) {
        line("    int a%d = a%d + as;".formatted(r, r - 1));
      }
    }
    line("    FloatVector zero = FloatVector.zero(S);");
    for (int r = 0; r < rows; r++) {
      for (int v = 0; v < vectors; v++) {
        line("    FloatVector %s = zero;".formatted(accumulator(r, v)));
      }
    }
    line("    for (int k = 0; k < kc; k++) {");
    for (int v = 0; v < vectors; v++) {
      line("      var b%d = FloatVector.fromArray(S, b, %s);".formatted(v, sum(kind.row, v)));
    }
    line("      FloatVector x;");
    for (int r = 0; r < rows; r++) {
      line("      x = FloatVector.broadcast(S, a[%s]);".formatted(element(rows, r)));
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

  private String element(int rows, int row) {
    if (!kind.packed) {
      return "a%d + k".formatted(row);
    }
    return "ao + " + (rows == 1 ? "k" : rows + " * k") + (row == 0 ? "" : " + " + row);
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

  private TileSource line(String text) {
    out.append(text).append('\n');
    return this;
  }
}
