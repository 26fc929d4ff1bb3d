// SPDX-License-Identifier: Apache-2.0
package gradus.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/// What a file's digest must be.
///
/// @param algorithm `MD5` or `SHA-256`
/// @param hex the digest in hexadecimal digits
public record Checksum(String algorithm, String hex) {

  /// Checks algorithm and digits.
  ///
  /// @throws IllegalArgumentException if there is no such algorithm, or its digests are longer or
  ///   shorter
  public Checksum {
    hex = hex.toLowerCase(Locale.ROOT);
    int digits = 2 * digest(algorithm).getDigestLength();
    if (!hex.matches("[0-9a-f]{" + digits + "}")) {
      throw new IllegalArgumentException(
          "Checksum: '" + hex + "' is not the " + digits + " digits of " + algorithm);
    }
  }

  /// Returns an MD5 checksum, which finds damage, if not malice.
  public static Checksum md5(String hex) {
    return new Checksum("MD5", hex);
  }

  /// Returns a SHA-256 checksum.
  public static Checksum sha256(String hex) {
    return new Checksum("SHA-256", hex);
  }

  private static MessageDigest digest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalArgumentException("Checksum: there is no algorithm " + algorithm, e);
    }
  }

  /// Returns the digest of a file in hexadecimal digits.
  String of(Path file) throws IOException {
    MessageDigest digest = digest(algorithm);
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = Files.newInputStream(file)) {
      for (int n; (n = in.read(buffer)) >= 0; ) {
        digest.update(buffer, 0, n);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
