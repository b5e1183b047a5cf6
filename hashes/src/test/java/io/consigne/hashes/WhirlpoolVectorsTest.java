package io.consigne.hashes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The test vectors of ISO/IEC 10118-3, and one of a real 1fichier upload. */
final class WhirlpoolVectorsTest {
  private static final String DIGITS = "1234567890";

  static Stream<Arguments> vectors() {
    return Stream.of(
        vector(
            "",
            "19fa61d75522a466 9b44e39c1d2e1726 c530232130d407f8 9afee0964997f7a7",
            "3e83be698b288feb cf88e3e03c4f0757 ea8964e59b63d937 08b138cc42a66eb3"),
        vector(
            "a",
            "8aca2602792aec6f 11a67206531fb7d7 f0dff59413145e69 73c45001d0087b42",
            "d11bc645413aeff6 3a42391a39145a59 1a92200d560195e5 3b478584fdae231a"),
        vector(
            "abc",
            "4e2448a4c6f486bb 16b6562c73b4020b f3043e3a731bce72 1ae1b303d97e6d4c",
            "7181eebdb6c57e27 7d0e34957114cbd6 c797fc9d95d8b582 d225292076d4eef5"),
        vector(
            "message digest",
            "378c84a4126e2dc6 e56dcc7458377aac 838d00032230f53c e1f5700c0ffb4d3b",
            "8421557659ef55c1 06b4b52ac5a4aaa6 92ed920052838f33 62e86dbd37a8903e"),
        vector(
            "abcdefghijklmnopqrstuvwxyz",
            "f1d754662636ffe9 2c82ebb9212a484a 8d38631ead4238f5 442ee13b8054e41b",
            "08bf2a9251c30b6a 0b8aae86177ab4a6 f68f673e7207865d 5d9819a3dba4eb3b"),
        vector(
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789",
            "dc37e008cf9ee69b f11f00ed9aba2690 1dd7c28cdec066cc 6af42e40f82f3a1e",
            "08eba26629129d8f b7cb57211b9281a6 5517cc879d7b9621 42c65f5a7af01467"),
        vector(
            DIGITS.repeat(8),
            "466ef18babb0154d 25b9d38a6414f5c0 8784372bccb204d6 549c4afadb601429",
            "4d5bd8df2a6c44e5 38cd047b2681a51a 2c60481e88c5a20b 2c2a80cf3a9a083b"),
        vector(
            "abcdbcdecdefdefgefghfghighijhijk",
            "2a987ea40f917061 f5d6f0a0e4644f48 8a7a5a52deee6562 07c562f988e95c69",
            "16bdc8031bc5be1b 7b947639fe050b56 939baaa0adff9ae6 745b7b181c3be3fd"),
        vector(
            "a".repeat(1_000_000),
            "0c99005beb57eff5 0a7cf005560ddf5d 29057fd86b20bfd6 2deca0f1ccea4af5",
            "1fc15490eddc47af 32bb2b66c34ff9ad 8c6008ad677f7712 6953b226e4ed8b01"),
        vector(
            "hello world\n",
            "813350ea4f529995 8f338ee9c860df45 46e7955f18867f5c dd9364960c68e76b",
            "15ed599a6d1758a4 450d069379ba31fa 7193c90ffe2f9d04 5d42a3526f10aea4"));
  }

  private static Arguments vector(String text, String firstHalf, String secondHalf) {
    return Arguments.of(text, (firstHalf + secondHalf).replace(" ", ""));
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void digest_ofVector_isThePublishedOne(String text, String expectedHex) {
    var whirlpool = new Whirlpool();
    byte[] input = text.getBytes(StandardCharsets.US_ASCII);
    whirlpool.update(input, 0, input.length);
    assertThat(whirlpool.hexDigest()).isEqualTo(expectedHex);
  }

  @Test
  void hexDigest_isDigestInLowerCase() {
    var whirlpool = new Whirlpool();
    assertThat(whirlpool.hexDigest())
        .hasSize(2 * Whirlpool.DIGEST_BYTES)
        .isEqualTo(HexFormat.of().formatHex(whirlpool.digest()));
  }
}
