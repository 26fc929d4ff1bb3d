// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/// Leaves nothing to plain loops in these tests, most of which would be over before vectors begin.
/// Tests of plain loops say so themselves.
public final class VectorsFirst implements LauncherSessionListener {
  @Override
  public void launcherSessionOpened(LauncherSession session) {
    Beginning.inVectors();
  }
}
