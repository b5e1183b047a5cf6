package io.consigne.client.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.client.model.ApiKey;
import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may see the key. */
class EndpointTest {
  @ParameterizedTest
  @CsvSource({
    "https://api.1fichier.com/v1, https://api.1fichier.com/v1/file/ls.cgi, true",
    "https://api.1fichier.com/v1, https://up2.1fichier.com/upload.cgi, true",
    "https://api.1fichier.com/v1, http://up2.1fichier.com/upload.cgi, false",
    "https://api.1fichier.com/v1, https://evil1fichier.com/upload.cgi, false",
    "https://api.1fichier.com/v1, https://1fichier.com.example.org/upload.cgi, false",
    "https://api.1fichier.com/v1, https://user@example.org/upload.cgi, false",
    "https://files.example.org, https://files.example.org:8443/upload.cgi, true",
    "https://files.example.org, https://other.example.org/upload.cgi, false",
    "http://127.0.0.1:8080, http://127.0.0.1:8080/upload.cgi, true",
    "http://127.0.0.1:8080, http://127.0.0.2:8080/upload.cgi, false"
  })
  void key_goesToTheHostAndItsNodes(URI url, URI target, boolean may) {
    assertThat(Endpoint.of(url, new ApiKey("key")).trusts(target)).isEqualTo(may);
  }
}
