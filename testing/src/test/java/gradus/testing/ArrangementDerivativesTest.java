// SPDX-License-Identifier: Apache-2.0
package gradus.testing;

import static gradus.testing.OpChecks.check;

import gradus.PadMode;
import gradus.Tensor;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.domains.Domain;

@Domain(Samples.class)
class ArrangementDerivativesTest {
  @OpProperty({"flip(int...)", "roll(int)", "roll(int, int)", "roll(int..., int...)"})
  void moved(@ForAll Samples.Slice s) {
    check(t -> t.flip(s.dim()), s.x());
    check(t -> t.roll(s.start()), s.x());
    check(t -> t.roll(-s.length(), s.dim()), s.x());
    check(t -> t.roll(new int[] {1, s.length()}, new int[] {0, -1}), s.x());
  }

  @OpProperty({
    "repeat(int...)",
    "tile(int...)",
    "repeatInterleave(int)",
    "repeatInterleave(int, int)",
    "repeatInterleave(Tensor)",
    "repeatInterleave(Tensor, int)"
  })
  void repeated(@ForAll Samples.Slice s) {
    int[] times = new int[s.x().dim() + 1];
    Arrays.fill(times, 1);
    times[0] = 2;
    times[times.length - 1] = s.step();
    check(t -> t.repeat(times), s.x());
    check(t -> t.tile(2), s.x());
    check(t -> t.repeatInterleave(2), s.x());
    check(t -> t.repeatInterleave(s.step() - 1, s.dim()), s.x());
    long[] each = new long[s.x().size(s.dim())];
    Arrays.setAll(each, i -> (i + s.start()) % 3);
    check(t -> t.repeatInterleave(Tensor.of(each), s.dim()), s.x());
    check(t -> t.repeatInterleave(Tensor.of(new long[] {2}), s.dim()), s.x());
    check(t -> t.repeatInterleave(Tensor.of(new long[] {2})), s.x());
  }

  @OpProperty({"pad(int...)", "pad(int..., double)", "pad(int..., PadMode)"})
  void padded(@ForAll Samples.Slice s) {
    check(t -> t.pad(s.step(), 1), s.x());
    check(t -> t.pad(-s.start() % t.size(-1), 2), s.x());
    check(t -> t.pad(new int[] {0, s.step()}, -1.5), s.x());
    int most = s.x().size(-1);
    check(t -> t.pad(new int[] {most - 1, 0}, PadMode.REFLECT), s.x());
    check(t -> t.pad(new int[] {2, 3}, PadMode.REPLICATE), s.x());
    check(t -> t.pad(new int[] {1, most}, PadMode.CIRCULAR), s.x());
    check(t -> t.pad(new int[] {1, 1}, PadMode.CONSTANT), s.x());
  }

  @OpProperty({"tril()", "tril(int)", "triu()", "triu(int)", "diagonal()"})
  void triangles(@ForAll Samples.Axis a) {
    Tensor x = a.x().unsqueeze(-1).repeatInterleave(2, -1);
    check(t -> matrices(t).tril(), x);
    check(t -> matrices(t).tril(-1), x);
    check(t -> matrices(t).triu(), x);
    check(t -> matrices(t).triu(1), x);
    check(t -> matrices(t).diagonal(), x);
  }

  private static Tensor matrices(Tensor x) {
    return x.dim() < 2 ? x.reshape(1, x.numel()) : x;
  }

  @OpProperty({
    "diag()",
    "diag(int)",
    "diagEmbed()",
    "diagEmbed(int)",
    "diagonal(int, int, int)",
    "unfold(int, int, int)"
  })
  void diagonals(@ForAll Samples.Slice s) {
    check(t -> t.flatten().diag(), s.x());
    check(t -> t.flatten().diag(-1), s.x());
    check(t -> t.reshape(t.size(0), -1).diag(1), s.x());
    check(t -> t.diagEmbed(), s.x());
    check(t -> t.diagEmbed(s.step() - 2), s.x());
    check(t -> t.unsqueeze(0).diagonal(s.start(), -1, 0), s.x());
    check(t -> t.unfold(s.dim(), s.length(), s.step()), s.x());
  }

  @OpProperty({"movedim(int, int)", "movedim(int..., int...)", "unflatten(int, int...)"})
  void dimensions(@ForAll Samples.Axis a) {
    check(t -> t.movedim(a.dim(), 0), a.x());
    check(t -> t.movedim(new int[] {0, -1}, new int[] {-1, 0}), matrices(a.x()));
    check(t -> t.unsqueeze(0).unflatten(a.dim() < 0 ? a.dim() : a.dim() + 1, -1, 1), axes(a.x()));
  }

  private static Tensor axes(Tensor x) {
    return x.dim() == 0 ? x.unsqueeze(0) : x;
  }

  @OpProperty({"split(int, int)", "split(int..., int)", "chunk(int, int)", "unbind(int)"})
  void pieces(@ForAll Samples.Slice s) {
    int rest = s.x().size(s.dim()) - s.start();
    check(t -> last(t.split(s.length(), s.dim())), s.x());
    check(t -> last(t.split(new int[] {s.start(), rest}, s.dim())), s.x());
    check(t -> last(t.chunk(s.step(), s.dim())), s.x());
    check(t -> last(t.unbind(s.dim())), s.x());
    check(t -> Tensor.cat(t.chunk(s.step(), s.dim()), s.dim()), s.x());
    check(t -> Tensor.stack(t.unbind(s.dim()), s.dim()), s.x());
  }

  private static Tensor last(List<Tensor> pieces) {
    return pieces.getLast();
  }

  @OpProperty({"meshgrid(Tensor...)"})
  void meshgrid(@ForAll Samples.Axis a) {
    check(
        (s, t) -> {
          List<Tensor> grids = Tensor.meshgrid(s, t);
          return grids.get(0).mul(2).sub(grids.get(1));
        },
        a.x().flatten(),
        a.x().flatten().add(1));
  }
}
