// SPDX-License-Identifier: Apache-2.0
package gradus.data;

import gradus.Tensor;
import gradus.internal.Raw;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Single images from files.
public final class Images {
  private Images() {}

  /// Reads a JPEG, PNG, TIFF, GIF or BMP image of any size as uint8 `[C, H, W]`.
  ///
  /// @param color its channels; [Color#STORED] gives one for a grey image, else three
  /// @param resize the size to bring it to, or null for its own
  /// @throws DatasetException if there is no such file, or it is no image or damaged
  /// @throws IOException if reading fails
  public static Tensor read(Path file, Color color, @Nullable Resize resize) throws IOException {
    Path name = file.getFileName();
    if (name == null) {
      throw new DatasetException(file.toString(), "is not a file");
    }
    Path parent = file.getParent() == null ? Path.of("") : file.getParent();
    try (var decoder = new ImageDecoder()) {
      byte[] bytes = new FolderTree(parent).read(name.toString());
      RawImage image = decoder.decode(bytes, file.toString()).to(color, resize);
      return Raw.wrapBytes(image.pixels(), image.shape());
    }
  }
}
