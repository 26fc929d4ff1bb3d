// SPDX-License-Identifier: Apache-2.0
package gradus.data;

/// Which channels images are to have.
public enum Color {
  /// Those that they are stored with: one for MNIST's digits, three for CIFAR. Files of a folder
  /// get three, also if some of them are grey.
  STORED,

  /// Three; grey images get three equal ones.
  RGB,

  /// One: 0.299 R + 0.587 G + 0.114 B, rounded.
  GREY
}
