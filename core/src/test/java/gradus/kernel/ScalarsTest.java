// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScalarsTest {
  /// Values computed with 40 digits.
  @ParameterizedTest
  @CsvSource({
    "1e-300, 1.1283791670955126022e-300",
    "1e-10, 1.128379167095512615e-10",
    "0.1, 0.1124629160182848984",
    "0.5, 0.52049987781304653768",
    "1.0, 0.84270079294971486934",
    "1.7, 0.98379045859077456084",
    "2.4, 0.99931148610335492111",
    "2.499999, 0.99959304580426536468",
    "2.5, 0.99959304798255504106",
    "2.6, 0.99976396558347065091",
    "3.0, 0.99997790950300141456",
    "3.5, 0.99999925690162765859",
    "4.5, 0.99999999980338395585",
    "5.9, 0.9999999999999999281",
    "6.1, 0.99999999999999999369"
  })
  void erfIsRight(double x, double expected) {
    assertThat(Scalars.erf(x)).isCloseTo(expected, within(4e-16 * Math.abs(expected)));
    assertThat(Scalars.erf(-x)).isEqualTo(-Scalars.erf(x));
  }

  @Test
  void erfKeepsWhatHasNoMagnitude() {
    assertThat(Scalars.erf(Double.NaN)).isNaN();
    assertThat(Scalars.erf(Double.POSITIVE_INFINITY)).isEqualTo(1);
    assertThat(1 / Scalars.erf(-0.0)).isEqualTo(Double.NEGATIVE_INFINITY);
  }

  /// Values computed with 40 digits.
  @ParameterizedTest
  @CsvSource({
    "0.1, 0.8875370839817151016",
    "2.5, 4.0695201744495893956e-4",
    "5, 1.5374597944280348502e-12",
    "20, 5.3958656116079009289e-176",
    "-1, 1.8427007929497148693"
  })
  void erfcKeepsItsDigits(double x, double expected) {
    assertThat(Scalars.erfc(x)).isCloseTo(expected, within(1e-13 * expected));
  }

  @Test
  void erfcEndsWhereItMust() {
    assertThat(Scalars.erfc(Double.NaN)).isNaN();
    assertThat(Scalars.erfc(Double.POSITIVE_INFINITY)).isZero();
    assertThat(Scalars.erfc(Double.NEGATIVE_INFINITY)).isEqualTo(2);
  }

  @Test
  void log2IsExactOfPowersOfTwo() {
    for (int e = -1074; e < 1024; e++) {
      assertThat(Scalars.log2(Math.scalb(1.0, e))).isEqualTo(e);
    }
    assertThat(Scalars.log2(10)).isCloseTo(3.321928094887362, within(1e-15));
    assertThat(Scalars.log2(0)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(Scalars.log2(-1)).isNaN();
    assertThat(Scalars.log2(Double.POSITIVE_INFINITY)).isEqualTo(Double.POSITIVE_INFINITY);
  }

  @Test
  void sigmoidDoesNotOverflow() {
    assertThat(Scalars.sigmoid(-700)).isEqualTo(StrictMath.exp(-700));
    assertThat(Scalars.sigmoid(-1e4)).isZero();
    assertThat(Scalars.sigmoid(1e4)).isEqualTo(1);
    assertThat(Scalars.sigmoid(0)).isEqualTo(0.5);
  }
}
