// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TileSourceTest {
  @ParameterizedTest
  @ValueSource(strings = {"GemmKernel", "ConvKernel", "DoubleGemmKernel", "DoubleConvKernel"})
  void kernelsAreWhatTheirSourceWrites(String kernel) throws IOException {
    assertThat(Files.readString(Path.of("src/main/java/gradus/kernel/" + kernel + ".java")))
        .as(kernel + ".java; TileSource says how to write it anew")
        .isEqualTo(TileSource.source(kernel));
  }
}
