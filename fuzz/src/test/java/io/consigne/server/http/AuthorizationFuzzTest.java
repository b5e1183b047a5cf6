package io.consigne.server.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.consigne.fuzz.FuzzTarget;
import java.util.Base64;
import java.util.Optional;

/**
 * Credentials are read as they were written, a token is a part of its header, one header is never
 * both, and no password is shown.
 */
final class AuthorizationFuzzTest extends FuzzTarget {
  @FuzzTest
  void fuzz(byte[] input) {
    check(input);
  }

  @Override
  protected void check(byte[] input) {
    String header = new String(input, ISO_8859_1);
    Optional<String> token = Authorization.bearer(header);
    Optional<Credentials> credentials = Authorization.basic(header);
    token.ifPresent(value -> {
      assertThat(credentials).isEmpty();
      assertThat(header).containsIgnoringCase("bearer ").endsWith(value + trailing(header));
      assertThat(value).isNotEmpty().isEqualTo(value.strip());
    });
    credentials.ifPresent(AuthorizationFuzzTest::checkShown);
    checkWritten(new String(input, UTF_8));
  }

  private static String trailing(String header) {
    return header.substring(header.stripTrailing().length());
  }

  private static void checkShown(Credentials credentials) {
    assertThat(credentials.user()).doesNotContain(":");
    assertThat(credentials.toString())
        .isEqualTo("Credentials[user=" + credentials.user() + ", password=***]");
  }

  private static void checkWritten(String pair) {
    String header = "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
    Optional<Credentials> read = Authorization.basic(header);
    assertThat(read.map(found -> found.user() + ":" + found.password()))
        .isEqualTo(pair.contains(":") ? Optional.of(pair) : Optional.empty());
  }
}
