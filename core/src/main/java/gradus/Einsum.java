// SPDX-License-Identifier: Apache-2.0
package gradus;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Einstein's summation: operands brought to the same labels are multiplied pair by pair from the
/// left, each pair as a product of matrices that sums over the labels nobody needs any more.
final class Einsum {
  /// A dimension of an ellipsis is a label too: the last one `'\0'`, the one before it `'\1'`, ….
  private static final char DOTS = 0;

  private final String equation;
  private final Map<Character, Integer> sizes = new LinkedHashMap<>();
  private int dots;

  private Einsum(String equation) {
    this.equation = equation;
  }

  /// An operand, and the label of each of its dimensions, none twice.
  private record Term(Tensor x, List<Character> labels) {}

  static Tensor of(String equation, List<Tensor> operands) {
    return new Einsum(equation).run(operands);
  }

  private Tensor run(List<Tensor> operands) {
    String text = equation.replace(" ", "");
    int arrow = text.indexOf("->");
    String[] inputs = (arrow < 0 ? text : text.substring(0, arrow)).split(",", -1);
    if (inputs.length != operands.size()) {
      throw error("it has %d terms for %d operands".formatted(inputs.length, operands.size()));
    }
    List<List<Character>> labels = new ArrayList<>();
    for (int i = 0; i < inputs.length; i++) {
      labels.add(labels(inputs[i], operands.get(i), i));
    }
    List<Character> output = arrow < 0 ? implicit(inputs) : output(text.substring(arrow + 2));
    List<Term> terms = new ArrayList<>();
    for (int i = 0; i < inputs.length; i++) {
      terms.add(diagonals(operands.get(i), labels.get(i)));
    }
    Term product = terms.getFirst();
    for (int i = 1; i < terms.size(); i++) {
      List<Character> needed = new ArrayList<>(output);
      terms.subList(i + 1, terms.size()).forEach(t -> needed.addAll(t.labels));
      product = multiply(product, terms.get(i), needed);
    }
    return arranged(summed(product, output), output);
  }

  private IllegalArgumentException error(String reason) {
    return new IllegalArgumentException("einsum: \"%s\": %s".formatted(equation, reason));
  }

  /// The labels of operand `i`, whose sizes are noted.
  private List<Character> labels(String term, Tensor x, int i) {
    List<Character> labels = new ArrayList<>();
    int named = term.replace("...", "").length();
    int free = term.contains("...") ? x.dim() - named : 0;
    if (named + free != x.dim() || free < 0) {
      throw error("term \"%s\" doesn't fit operand %d, %s".formatted(term, i, x.shape()));
    }
    for (int k = 0; k < term.length(); k++) {
      char c = term.charAt(k);
      if (term.startsWith("...", k) && labels.stream().noneMatch(l -> l < 'A')) {
        for (int d = free - 1; d >= 0; d--) {
          labels.add((char) (DOTS + d));
        }
        dots = Math.max(dots, free);
        k += 2;
      } else {
        labels.add(letter(c));
      }
    }
    for (int d = 0; d < labels.size(); d++) {
      int size = x.size(d);
      int known = sizes.merge(labels.get(d), size, (a, b) -> a == 1 ? b : a);
      if (size != known && size != 1) {
        throw error(
            "%s is %d in one place and %d in operand %d, %s"
                .formatted(name(labels.get(d)), known, size, i, x.shape()));
      }
    }
    return labels;
  }

  private char letter(char c) {
    if ((c < 'a' || c > 'z') && (c < 'A' || c > 'Z')) {
      throw error("'%c' is no letter; labels are a … z and A … Z".formatted(c));
    }
    return c;
  }

  private static String name(char label) {
    return label < 'A' ? "a dimension of ..." : "'" + label + "'";
  }

  /// The result's labels where there is no arrow: those of the ellipsis, then those that occur
  /// once, in the order of the alphabet.
  private List<Character> implicit(String... inputs) {
    String all = String.join("", inputs).replace(".", "");
    List<Character> output = ellipsis();
    all.chars()
        .sorted()
        .filter(c -> all.indexOf(c) == all.lastIndexOf(c))
        .forEach(c -> output.add((char) c));
    return output;
  }

  private List<Character> output(String term) {
    List<Character> output = new ArrayList<>();
    for (int k = 0; k < term.length(); k++) {
      if (term.startsWith("...", k)) {
        output.addAll(ellipsis());
        k += 2;
      } else {
        char c = letter(term.charAt(k));
        if (!sizes.containsKey(c)) {
          throw error("'%c' of the result is in no term".formatted(c));
        }
        output.add(c);
      }
    }
    if (output.size() != output.stream().distinct().count()) {
      throw error("the result has a label twice");
    }
    return output;
  }

  private List<Character> ellipsis() {
    List<Character> labels = new ArrayList<>();
    for (int d = dots - 1; d >= 0; d--) {
      labels.add((char) (DOTS + d));
    }
    return labels;
  }

  /// The operand with a diagonal in place of dimensions of one label.
  private Term diagonals(Tensor x, List<Character> labels) {
    List<Character> left = new ArrayList<>(labels);
    Tensor y = x;
    for (int d = 0; d < left.size(); d++) {
      int again = left.subList(d + 1, left.size()).indexOf(left.get(d));
      if (again >= 0) {
        char label = left.get(d);
        int other = d + 1 + again;
        if (y.size(d) != y.size(other)) {
          throw error(
              "%s is %d and %d in %s".formatted(name(label), y.size(d), y.size(other), x.shape()));
        }
        y = y.diagonal(0, d, other);
        left.remove(other);
        left.remove(d);
        left.add(label);
        d--;
      }
    }
    return new Term(y, left);
  }

  /// The sum over all labels but `needed`.
  private static Term summed(Term t, List<Character> needed) {
    List<Character> kept = new ArrayList<>();
    int[] dims = new int[t.labels.size()];
    int n = 0;
    for (int d = 0; d < t.labels.size(); d++) {
      if (needed.contains(t.labels.get(d))) {
        kept.add(t.labels.get(d));
      } else {
        dims[n++] = d;
      }
    }
    return n == 0 ? t : new Term(t.x.sum(Arrays.copyOf(dims, n)), kept);
  }

  /// The product, summed over the labels of both that aren't needed: `[batch, left, sum] · [batch,
  /// sum, right]`.
  private Term multiply(Term a, Term b, List<Character> needed) {
    List<Character> keepA = new ArrayList<>(needed);
    keepA.addAll(b.labels);
    List<Character> keepB = new ArrayList<>(needed);
    keepB.addAll(a.labels);
    Term left = summed(a, keepA);
    Term right = summed(b, keepB);
    List<Character> batch = new ArrayList<>();
    List<Character> sum = new ArrayList<>();
    List<Character> onlyLeft = new ArrayList<>();
    for (char c : left.labels) {
      (!right.labels.contains(c) ? onlyLeft : needed.contains(c) ? batch : sum).add(c);
    }
    List<Character> onlyRight = new ArrayList<>(right.labels);
    onlyRight.removeAll(left.labels);
    List<Character> labels = new ArrayList<>(batch);
    labels.addAll(onlyLeft);
    labels.addAll(onlyRight);
    if (sum.isEmpty() || !left.x.dtype().isFloating()) {
      // Element by element: there is nothing for a product of matrices to add up.
      List<Character> all = new ArrayList<>(labels);
      all.addAll(sum);
      return summed(new Term(aligned(left, all).mul(aligned(right, all)), all), labels);
    }
    Tensor x = grouped(left, batch, onlyLeft, sum);
    Tensor y = grouped(right, batch, sum, onlyRight);
    int[] result = labels.stream().mapToInt(sizes::get).toArray();
    return new Term(View.Reshape.of(x.matmul(y), Shape.wrap(result)), labels);
  }

  /// The dimensions in three groups, `[p, q, r]`, stretched to the sizes of their labels.
  private Tensor grouped(Term t, List<Character> p, List<Character> q, List<Character> r) {
    List<Character> order = new ArrayList<>(p);
    order.addAll(q);
    order.addAll(r);
    Tensor x = arranged(t, order).expand(order.stream().mapToInt(sizes::get).toArray());
    return View.Reshape.of(x, Shape.of(size(p), size(q), size(r)));
  }

  private int size(List<Character> labels) {
    return labels.stream().mapToInt(sizes::get).reduce(1, Math::multiplyExact);
  }

  /// The dimensions in the order of `labels`, with size 1 for one that it doesn't have.
  private static Tensor aligned(Term t, List<Character> labels) {
    List<Character> present = new ArrayList<>(labels);
    present.retainAll(t.labels);
    Tensor x = arranged(t, present);
    for (int d = 0; d < labels.size(); d++) {
      x = t.labels.contains(labels.get(d)) ? x : x.unsqueeze(d);
    }
    return x;
  }

  private static Tensor arranged(Term t, List<Character> order) {
    return t.x.permute(order.stream().mapToInt(t.labels::indexOf).toArray());
  }
}
