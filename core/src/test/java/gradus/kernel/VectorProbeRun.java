// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

/// Looks at once, for [MachinesTest].
final class VectorProbeRun {
  private VectorProbeRun() {}

  public static void main(String[] args) {
    VectorProbe.look(2, 1);
  }
}
