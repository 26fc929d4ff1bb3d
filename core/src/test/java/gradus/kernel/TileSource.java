// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

import java.util.List;
import java.util.StringJoiner;

/// Writes the sources of [GemmKernel] and [ConvKernel], and of the same for doubles, in which every
/// accumulator is a variable of its own. To change a kernel, change this, and from the root of the
/// project run
///
/// ```
/// for kernel in GemmKernel ConvKernel DoubleGemmKernel DoubleConvKernel; do
///   java core/src/test/java/gradus/kernel/TileSource.java $kernel \
///     > core/src/main/java/gradus/kernel/$kernel.java
/// done
/// ```
final class TileSource {
  /// Rows of the largest tile.
  private static final int ROWS = 6;

  /// Rows of the largest tile of one vector: chains enough not to wait for one another.
  private static final int TALL = 8;

  /// Most vectors in a row of a tile.
  private static final int VECTORS = 4;

  /// The length of a line, after which the formatter breaks it.
  private static final int COLUMNS = 100;

  /// What a kernel multiplies.
  ///
  /// @param type of Java
  /// @param name of the class that boxes it
  private record Element(String type, String name) {
    String vector() {
      return name + "Vector";
    }

    String lanes() {
      return type.equals("float") ? "Lanes.FLOATS" : "DoubleLanes.DOUBLES";
    }

    String array(String name) {
      return type + "[] " + name;
    }

    /// The number that [ConvArrays#place] wrote.
    String place(String from) {
      return type.equals("float")
          ? "Float.floatToRawIntBits(%s)".formatted(from)
          : "(int) Double.doubleToRawLongBits(%s)".formatted(from);
    }
  }

  private static final Element FLOAT = new Element("float", "Float");
  private static final Element DOUBLE = new Element("double", "Double");

  /// How a kernel finds where the k-th row of B begins.
  ///
  /// A tile of a product needs all registers that there are. Where the compiler finds one too few,
  /// it keeps a vector of B in memory, which costs a quarter of the speed in every other process.
  /// It finds enough with [#MULTIPLIED] for floats and with [#COUNTED] for doubles, not vice versa.
  ///
  /// Where the rows follow one another ([#SIDE_BY_SIDE]), the loop itself counts along B, and only
  /// A is left to a second counter: what B's address takes in instructions delays the loads of B,
  /// and cost up to a fifth of the speed on processors that compute addresses where they multiply.
  /// For the same reason what is [#LISTED] stands in A, in front of the column that it belongs to,
  /// so that one counter finds both.
  private enum Rows {
    MULTIPLIED("bo + k * bs"),
    SIDE_BY_SIDE("q"),
    COUNTED("row"),
    LISTED("q");

    private final String start;

    Rows(String start) {
      this.start = start;
    }
  }

  /// A way to compute a tile.
  private enum Way {
    TILE("tile"),
    PANEL("panel"),
    /// The largest alone, with the rows of A a constant distance apart.
    PACKED("packed"),
    /// As [#PACKED], but the old C does not count.
    FIRST("first");

    /// What stands in front of the tile's size.
    private final String label;

    Way(String label) {
      this.label = label;
    }

    /// Name of what chooses among those of some rows.
    String choice() {
      return this == TILE ? "rows" : "panels";
    }

    /// How many vectors it has at least.
    int narrowest() {
      return this == TILE ? 1 : 2;
    }

    boolean fixed() {
      return this == PACKED || this == FIRST;
    }
  }

  /// A kernel.
  ///
  /// @param name of its class
  /// @param element what it multiplies
  /// @param about what the class is
  /// @param members what comes before the choice of a tile
  /// @param parameters of a tile, without the last, which is `int cs`
  /// @param rows how the rows of B are found
  private record Kind(
      String name,
      Element element,
      String about,
      String members,
      List<String> parameters,
      Rows rows) {
    /// Whether the tile's elements of a column of A lie side by side, behind the place of B's row.
    boolean packed() {
      return rows == Rows.LISTED;
    }

    String arguments() {
      var arguments = new StringJoiner(", ");
      for (String parameter : parameters) {
        arguments.add(parameter.substring(parameter.indexOf(' ') + 1));
      }
      return arguments.add("cs").toString();
    }

    /// Rows of the largest tile of so many vectors.
    int rows(int vectors) {
      return vectors == 1 && !packed() ? TALL : ROWS;
    }

    String head() {
      return """
      // SPDX-License-Identifier: Apache-2.0
      package gradus.kernel;

      import jdk.incubator.vector.%s;
      import jdk.incubator.vector.VectorSpecies;

      %s@SuppressWarnings("UnusedVariable") // rows have no distance where there is one
      final class %s {
        private static final VectorSpecies<%s> S = %s;
        private static final int VL = S.length();

      %s"""
          .formatted(element.vector(), about, name, element.name, element.lanes(), members);
    }
  }

  private static Kind product(
      String name, Element element, Rows rows, String about, String members) {
    return new Kind(
        name,
        element,
        about,
        members,
        List.of(
            "int kc",
            element.array("a"),
            "int ao",
            "int as",
            element.array("b"),
            "int bo",
            "int bs",
            element.array("c"),
            "int co"),
        rows);
  }

  private static Kind convolution(String name, Element element, String about) {
    return new Kind(
        name,
        element,
        about,
        """
          private %s() {}

          /// See [ConvArrays#correlate].
        """
            .formatted(name),
        List.of(
            "int kc",
            element.array("a"),
            "int ao",
            element.array("b"),
            "int bo",
            element.array("start"),
            "int so",
            element.array("c"),
            "int co"),
        Rows.LISTED);
  }

  private static final Kind GEMM =
      product(
          "GemmKernel",
          FLOAT,
          Rows.MULTIPLIED,
          """
          /// The innermost loops of the matrix product: a tile of C, held in registers, gains the product of
          /// a stretch of A's rows and a panel of B. Written by `TileSource`, among the tests.
          ///
          /// A tile is [#MR] rows, or fewer where A ends, of one to [#VECTORS] vectors. Its size has no
          /// influence on any result, only on speed: 24 accumulators are best with 32 registers of 512 bits,
          /// and with 16 registers more than 12 spill. Every accumulator is a variable of its own, because
          /// arrays of vectors are not kept in registers.
          """,
          """
            /// Most rows of a tile.
            static final int MR = %d;

            /// Most rows of a tile of one vector, which has too few accumulators otherwise: each waits for
            /// its last multiplication.
            static final int TALL = %d;

            /// Most vectors in a row of a tile.
            static final int VECTORS = S.vectorBitSize() == 512 ? %d : 2;

            /// From row to row of A where it is packed: not a power of two, so that rows do not share cache
            /// sets, and a constant, so that one register addresses them all.
            static final int ROW = Gemm.KC + 16;

            private GemmKernel() {}

            /// Returns how many rows the next tile has if so many are left, the last ones alike.
            static int height(int rows) {
              return height(rows, VECTORS);
            }

            /// The same for tiles of so many vectors.
            static int height(int rows, int vectors) {
              int most = vectors == 1 ? TALL : MR;
              return rows <= most ? rows : rows < 2 * most ? (rows + 1) / 2 : most;
            }

            /// Whether such a tile is of the largest size and has B in a panel and A packed: then [#set] may
            /// be called.
            static boolean isPacked(int rows, int vectors, int as, int bs) {
              return rows == MR && vectors == VECTORS && as == ROW && bs == VECTORS * VL;
            }

            /// As [#tile] with a C of +0, whatever is in it.
            static void set(
                int kc, float[] a, int ao, int as, float[] b, int bo, int bs, float[] c, int co, int cs) {
              if (VECTORS == %d) {
                first%dx%d(kc, a, ao, as, b, bo, bs, c, co, cs);
              } else {
                first%dx2(kc, a, ao, as, b, bo, bs, c, co, cs);
              }
            }

            /// Adds to the tile of C at `co`, whose rows are `cs` apart, the products of `kc` columns of A,
            /// whose rows start at `ao` and are `as` apart, and `kc` rows of `vectors` vectors of B, which
            /// start at `bo` and are `bs` apart: each element gains one fma chain from +0. (With another
            /// array in place of the old C, the compiler's choice of registers came to depend on what ran
            /// before, and cost a fifth of the speed in every other process.)
          """
              .formatted(ROWS, TALL, VECTORS, VECTORS, ROWS, VECTORS, ROWS));

  private static final Kind DOUBLE_GEMM =
      product(
          "DoubleGemmKernel",
          DOUBLE,
          Rows.COUNTED,
          """
          /// [GemmKernel] for doubles. Written by `TileSource`, among the tests.
          """,
          """
            private DoubleGemmKernel() {}

            /// As [GemmKernel#tile].
          """);

  private static final Kind CONV =
      convolution(
          "ConvKernel",
          FLOAT,
          """
          /// The innermost loops of convolutions: as [GemmKernel], but the rows of B are not packed into a
          /// panel: in front of each column of A stands where B's row lies in an image. And the old C is not
          /// read: each row of a tile begins with a number. Written by `TileSource`, among the tests.
          """);

  private static final Kind DOUBLE_CONV =
      convolution(
          "DoubleConvKernel",
          DOUBLE,
          """
          /// [ConvKernel] for doubles. Written by `TileSource`, among the tests.
          """);

  private static final List<Kind> KINDS = List.of(GEMM, CONV, DOUBLE_GEMM, DOUBLE_CONV);

  private final Kind kind;
  private final StringBuilder out = new StringBuilder();

  private TileSource(Kind kind) {
    this.kind = kind;
  }

  public static void main(String[] args) {
    System.out.print(source(args[0]));
  }

  static String source(String name) {
    Kind kind = KINDS.stream().filter(k -> k.name.equals(name)).findFirst().orElseThrow();
    return new TileSource(kind).write();
  }

  private String write() {
    out.append(kind.head());
    choice(Way.TILE);
    tiles(Way.TILE);
    if (kind.rows == Rows.MULTIPLIED) {
      choice(Way.PANEL);
      tiles(Way.PANEL);
      for (Way way : List.of(Way.PACKED, Way.FIRST)) {
        tile(way, ROWS, VECTORS);
        tile(way, ROWS, 2);
      }
    }
    return line("}").out.toString();
  }

  /// The method that chooses among all tiles of this way.
  private void choice(Way way) {
    if (way == Way.PANEL) {
      line("");
    }
    line("  %sstatic void %s(".formatted(way == Way.PANEL ? "private " : "", way.label));
    line("      int rows,");
    line("      int vectors,");
    parameters();
    if (kind.rows == Rows.MULTIPLIED && way == Way.TILE) {
      line("    if (vectors > 1 && bs == vectors * VL) {");
      line("      panel(rows, vectors, %s);".formatted(kind.arguments()));
      line("      return;");
      line("    }");
    }
    if (way == Way.PANEL) {
      line("    if (isPacked(rows, vectors, as, bs)) {");
      byVectors(Way.PACKED);
      line("      return;");
      line("    }");
    }
    line("    switch (rows) {");
    for (int rows = tallest(way); rows > ROWS; rows--) {
      line("      case %d -> %s%dx1(%s);".formatted(rows, way.label, rows, kind.arguments()));
    }
    for (int rows = ROWS; rows >= 1; rows--) {
      String label = rows == 1 ? "default" : "case " + rows;
      line("      %s -> %s%d(vectors, %s);".formatted(label, way.choice(), rows, kind.arguments()));
    }
    line("    }");
    line("  }");
  }

  private void tiles(Way way) {
    for (int rows = tallest(way); rows > ROWS; rows--) {
      tile(way, rows, 1);
    }
    for (int rows = ROWS; rows >= 1; rows--) {
      choice(way, rows);
      for (int vectors = way.narrowest(); vectors <= VECTORS; vectors++) {
        tile(way, rows, vectors);
      }
    }
  }

  private int tallest(Way way) {
    return way.narrowest() == 1 ? kind.rows(1) : ROWS;
  }

  /// Calls the largest tile of this way that the registers allow.
  private void byVectors(Way way) {
    line("      if (VECTORS == %d) {".formatted(VECTORS));
    line("        %s%dx%d(%s);".formatted(way.label, ROWS, VECTORS, kind.arguments()));
    line("      } else {");
    line("        %s%dx2(%s);".formatted(way.label, ROWS, kind.arguments()));
    line("      }");
  }

  private void parameters() {
    for (String parameter : kind.parameters) {
      line("      %s,".formatted(parameter));
    }
    line("      int cs) {");
  }

  private void choice(Way way, int rows) {
    line("");
    line("  private static void %s%d(".formatted(way.choice(), rows));
    line("      int vectors,");
    parameters();
    line("    switch (vectors) {");
    for (int v = way.narrowest(); v <= VECTORS; v++) {
      String label = v == VECTORS ? "default" : "case " + v;
      line("      %s -> %s%dx%d(%s);".formatted(label, way.label, rows, v, kind.arguments()));
    }
    line("    }");
    line("  }");
  }

  private void tile(Way way, int rows, int vectors) {
    Rows rowsOfB = way == Way.TILE ? kind.rows : Rows.SIDE_BY_SIDE;
    line("");
    line("  private static void %s%dx%d(".formatted(way.label, rows, vectors));
    String parameters = "      " + String.join(", ", kind.parameters) + ", int cs) {";
    if (parameters.length() <= COLUMNS) {
      line(parameters);
    } else {
      parameters();
    }
    if (!kind.packed() && !way.fixed()) {
      line("    int a0 = ao;");
      for (int r = 1; r < rows; r++) {
        line("    int a%d = a%d + as;".formatted(r, r - 1));
      }
    }
    String vector = kind.element.vector();
    line("    %s zero = %s.zero(S);".formatted(vector, vector));
    for (int r = 0; r < rows; r++) {
      for (int v = 0; v < vectors; v++) {
        line("    %s %s = zero;".formatted(vector, accumulator(r, v)));
      }
    }
    if (kind.rows == Rows.COUNTED) {
      line("    int row = bo;");
    }
    boolean along = rowsOfB == Rows.SIDE_BY_SIDE;
    if (along) {
      line("    int k = %s;".formatted(way.fixed() ? "ao" : "0"));
      String row = vectors + " * VL";
      line("    int end = bo + kc * (%s);".formatted(row));
      line("    for (int q = bo; q < end; q += %s) {".formatted(row));
    } else if (kind.packed()) {
      int column = rows + 1;
      line("    int end = ao + kc * %d;".formatted(column));
      line("    for (int p = ao; p < end; p += %d) {".formatted(column));
      line("      int q = bo + %s;".formatted(kind.element.place("a[p]")));
    } else {
      line("    for (int k = 0; k < kc; k++) {");
    }
    for (int v = 0; v < vectors; v++) {
      line("      var b%d = %s.fromArray(S, b, %s);".formatted(v, vector, sum(rowsOfB.start, v)));
    }
    line("      %s x;".formatted(vector));
    for (int r = 0; r < rows; r++) {
      line("      x = %s.broadcast(S, a[%s]);".formatted(vector, element(way, r)));
      for (int v = 0; v < vectors; v++) {
        line("      %s = x.fma(b%d, %s);".formatted(accumulator(r, v), v, accumulator(r, v)));
      }
    }
    if (kind.rows == Rows.COUNTED) {
      line("      row += bs;");
    }
    if (along) {
      line("      k++;");
    }
    line("    }");
    line("    int at = co;");
    for (int r = 0; r < rows; r++) {
      if (r > 0) {
        line("    at += cs;");
      }
      for (int v = 0; v < vectors; v++) {
        String at = sum("at", v);
        line("    %s.add(%s).intoArray(c, %s);".formatted(old(way, r, at), accumulator(r, v), at));
      }
    }
    line("  }");
  }

  /// What the tile's accumulators are added to, `at` its place in C.
  private String old(Way way, int row, String at) {
    String vector = kind.element.vector();
    if (kind.packed()) {
      return "%s.broadcast(S, start[%s])".formatted(vector, row == 0 ? "so" : "so + " + row);
    }
    return way == Way.FIRST ? "zero" : "%s.fromArray(S, c, %s)".formatted(vector, at);
  }

  private String element(Way way, int row) {
    if (way.fixed()) {
      return "k" + (row == 0 ? "" : " + " + (row == 1 ? "ROW" : row + " * ROW"));
    }
    return kind.packed() ? "p + %d".formatted(row + 1) : "a%d + k".formatted(row);
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
