// SPDX-License-Identifier: Apache-2.0
package gradus.data;

import gradus.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// How normalizations are written as strings.
///
/// @param strings by key
record NormalizationMetadata(Map<String, String> strings) {
  private static final String KIND = "normalization";
  private static final String MEAN = "normalization.mean";
  private static final String STD = "normalization.std";
  private static final String SHAPE = "normalization.shape";

  static Map<String, String> of(Normalization normalization) {
    Map<String, String> strings = new LinkedHashMap<>();
    switch (normalization) {
      case ToFloat _ -> strings.put(KIND, "to-float");
      case Normalize n -> {
        strings.put(KIND, "normalize");
        strings.put(MEAN, join(n.mean()));
        strings.put(STD, join(n.std()));
      }
      case MeanImage m -> {
        strings.put(KIND, "mean-image");
        strings.put(SHAPE, join(Arrays.stream(m.mean().shape().toArray()).boxed().toList()));
        strings.put(MEAN, encode(m.mean().toFloatArray()));
      }
    }
    return strings;
  }

  Normalization read() {
    String kind = string(KIND);
    return switch (kind) {
      case "to-float" -> new ToFloat();
      case "normalize" -> new Normalize(doubles(MEAN), doubles(STD));
      case "mean-image" -> meanImage();
      default -> throw wrong(KIND, "is '" + kind + "', which is unknown here");
    };
  }

  private MeanImage meanImage() {
    int[] shape = doubles(SHAPE).stream().mapToInt(Double::intValue).toArray();
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(string(MEAN));
    } catch (IllegalArgumentException e) {
      throw wrong(MEAN, "is not Base64");
    }
    long numel = Arrays.stream(shape).asLongStream().reduce(1, (a, b) -> a * b);
    if (shape.length != 3
        || Arrays.stream(shape).anyMatch(n -> n < 1 || n > 1 << 15)
        || numel * Float.BYTES != bytes.length) {
      throw wrong(
          SHAPE,
          Arrays.toString(shape) + " does not fit the " + bytes.length + " bytes of " + MEAN);
    }
    float[] mean = new float[(int) numel];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(mean);
    return new MeanImage(Tensor.of(mean, shape));
  }

  private static String encode(float[] values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return Base64.getEncoder().encodeToString(bytes.array());
  }

  private static String join(List<?> numbers) {
    return numbers.stream().map(Object::toString).collect(Collectors.joining(","));
  }

  private List<Double> doubles(String key) {
    List<Double> numbers = new ArrayList<>();
    for (String number : string(key).split(",", -1)) {
      try {
        numbers.add(Double.valueOf(number));
      } catch (NumberFormatException e) {
        throw wrong(key, "holds '" + number + "', which is not a number");
      }
    }
    return numbers;
  }

  private String string(String key) {
    String value = strings.get(key);
    if (value == null) {
      throw wrong(key, "is missing");
    }
    return value;
  }

  private static IllegalArgumentException wrong(String key, String what) {
    return new IllegalArgumentException("metadata: " + key + " " + what);
  }
}
