package io.consigne.client.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consigne.client.ClientConfig;
import io.consigne.client.transport.WireBody;
import io.consigne.client.transport.WireRequest;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Keys and passwords are shown by nothing, and leave by TLS only. */
class SecretsTest {
  private static final String SECRET = "canary-0123456789abcdef";

  @Test
  void nothing_showsTheKey() {
    var key = new ApiKey(SECRET);
    URI url = URI.create("https://files.example.org");
    var request =
        WireRequest.post(url, WireBody.of(SECRET)).with("Authorization", "Bearer " + SECRET);
    for (Object holder :
        List.of(key, ClientConfig.of(url, key), request, FileChange.NONE.lockedBy(SECRET))) {
      assertThat(holder.toString()).doesNotContain(SECRET);
    }
    assertThatThrownBy(() -> new ApiKey(SECRET + "\r\nX: y"))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .doesNotContain(SECRET);
  }

  @Test
  void plainHttp_isForLoopbackOnly() {
    var key = new ApiKey(SECRET);
    var here = URI.create("http://127.0.0.1:8080");
    assertThat(ClientConfig.of(here, key).url()).isEqualTo(here);
    assertThatThrownBy(() -> ClientConfig.of(URI.create("http://files.example.org"), key))
        .hasMessage("the key is sent over https only: http://files.example.org");
    assertThatThrownBy(() -> ClientConfig.of(URI.create("http://127.0.0.1.example.org"), key))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void links_areReadInAllForms() {
    String canonical = "https://1fichier.com/?2zk52quqlm0cbjr93ri5";
    for (String form :
        List.of(
            canonical,
            canonical + "&af=12345",
            canonical + "&lg=en",
            "https://1fichier.com?2zk52quqlm0cbjr93ri5",
            "https://1fichier.com/en/?2zk52quqlm0cbjr93ri5",
            "https://1fichier.com/2zk52quqlm0cbjr93ri5",
            "https://2zk52quqlm0cbjr93ri5.1fichier.com/",
            " 2zk52quqlm0cbjr93ri5 ")) {
      assertThat(FileLink.parse(form)).hasValue(new FileLink(canonical));
    }
    assertThat(FileLink.parse("https://1fichier.com/dir/CiLKCBI7")).isEmpty();
    assertThat(FileLink.parse("hello.txt")).isEmpty();
  }
}
