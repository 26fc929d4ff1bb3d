// SPDX-License-Identifier: Apache-2.0
package gradus.data;

import javax.imageio.stream.ImageInputStreamImpl;

/// A file in memory for ImageIO, which learns its length from it: what a TIFF file says of the
/// lengths of its fields is then held against that.
final class ImageBytes extends ImageInputStreamImpl {
  private final byte[] bytes;

  ImageBytes(byte[] bytes) {
    this.bytes = bytes;
  }

  @Override
  public long length() {
    return bytes.length;
  }

  @Override
  public int read() {
    bitOffset = 0;
    return streamPos < bytes.length ? bytes[(int) streamPos++] & 0xff : -1;
  }

  @Override
  public int read(byte[] into, int from, int length) {
    bitOffset = 0;
    if (streamPos >= bytes.length) {
      return length == 0 ? 0 : -1;
    }
    int count = (int) Math.min(length, bytes.length - streamPos);
    System.arraycopy(bytes, (int) streamPos, into, from, count);
    streamPos += count;
    return count;
  }
}
