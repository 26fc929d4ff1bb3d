// SPDX-License-Identifier: Apache-2.0
package gradus;

import gradus.internal.Raw;
import org.jspecify.annotations.Nullable;

/// What this package lends to [Raw].
final class TensorAccess implements Raw.Access {
  @Override
  public Object array(Tensor t) {
    if (!t.isWhole()) {
      throw new IllegalArgumentException(
          "a %s view of a part of an array has no array of its own; copy() it"
              .formatted(t.shape()));
    }
    return t.storage.array();
  }

  @Override
  public boolean isWhole(Tensor t) {
    return t.isWhole();
  }

  @Override
  public Tensor wrap(DType dtype, Object array, int... shape) {
    Storage storage = new Storage(dtype, array);
    Shape sizes = Shape.of(shape);
    if (storage.length() != sizes.numel()) {
      throw new IllegalArgumentException(
          "%d values don't fill the shape %s".formatted(storage.length(), sizes));
    }
    return new Tensor(storage, sizes.contiguous());
  }

  @Override
  public Object release(Tensor t) {
    array(t);
    return t.storage.release();
  }

  @Override
  public boolean shareArray(Tensor a, Tensor b) {
    return a.storage == b.storage;
  }

  @Override
  public void giveBack(Tensor t) {
    Spares.keepResult(t);
  }

  @Override
  public @Nullable Tensor gradient(Tensor leaf) {
    return leaf.edge().grad();
  }

  @Override
  public void changed(Tensor t) {
    t.storage.version++;
  }

  @Override
  public void convert(Tensor t, DType dtype) {
    switch (t) {
      case Parameter p -> p.convert(dtype);
      case Buffer b -> b.convert(dtype);
      default ->
          throw new IllegalArgumentException(
              "only parameters and buffers change their type in place");
    }
  }
}
