package io.consigne.server.api.v1;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.server.api.v1.Talk.Said;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Of what is to be fetched nothing is shown that may be a secret, however it is misspelt. */
class HostileWishTest extends OneUploader {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"urls\":[[\"https://a.example.org/?sig=hunter2\"]]}",
        "{\"urls\":[\"ftp://bob:hunter2@a.example.org/\\ud800\"]}",
        "{\"urls\":[\"https://a.example.org/\"],\"keys\":[\"a.example.org\",\"hunter2\"]}",
        "{\"urls\":[\"https://a.example.org/\"],\"keys\":\"hunter2\"}",
        "{\"urls\":[\"https://a.example.org/\"],\"keys\":{\"a.example.org\":[\"hunter2\"]}}",
        "{\"urls\":[\"https://a.example.org/\"],\"headers\":{\"Cookie\":[\"hunter2\"]}}",
      })
  void wishThatMakesNoSense_isRefused_withoutWhatStandsInIt(String wish) {
    Said said = alice.call("remote/request.cgi", wish);
    assertThat(said.status()).as("%s", said).isEqualTo(400);
    assertThat(said.text()).contains("\"status\":\"KO\"").doesNotContain("hunter2");
  }
}
