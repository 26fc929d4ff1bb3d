// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

/// Tells whether the Vector API, on which every kernel here stands, was put into this run. It names
/// no class of that API itself, so that it can still speak where the API is missing.
public final class Vectors {
  private Vectors() {}

  /// Throws the one line that says what to add if the Vector API is missing. Else looks, a second
  /// later and beside the program, whether it is fast here, and logs a warning if it isn't.
  ///
  /// @throws LinkageError naming the missing flag. An error rather than an exception, because a
  ///   static initialiser lets errors through as they are and wraps exceptions.
  public static void check() {
    require("jdk.incubator.vector.FloatVector");
    VectorProbe.start();
  }

  static void require(String className) {
    try {
      Class.forName(className, false, Vectors.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new LinkageError(
          "gradus: the Vector API is missing; start java with  --add-modules jdk.incubator.vector",
          null);
    }
  }
}
