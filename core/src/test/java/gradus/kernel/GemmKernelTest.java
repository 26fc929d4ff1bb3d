// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class GemmKernelTest {
  @Test
  void isWhatItsSourceWrites() throws IOException {
    assertThat(Files.readString(Path.of("src/main/java/gradus/kernel/GemmKernel.java")))
        .as("GemmKernel.java; GemmKernelSource says how to write it anew")
        .isEqualTo(GemmKernelSource.source());
  }
}
