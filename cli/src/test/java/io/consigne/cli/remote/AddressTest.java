package io.consigne.cli.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consigne.cli.talk.Problem;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AddressTest {

  @ParameterizedTest
  @CsvSource({
    "/,/,false",
    "/a/b,/a/b,false",
    "a//b/,/a/b,true",
    "home:,home:/,true",
    ":/a,/a,false",
    ":,/,true",
    "/:,/:,true",
    "home:a:b,home:/a:b,false",
    "/a:b,/a:b,false",
    "./a:b,/a:b,false",
    "https://1fichier.com/?2zk52quqlm0cbjr93ri5&af=1,"
        + "https://1fichier.com/?2zk52quqlm0cbjr93ri5,false",
    "https://1fichier.com/dir/CiLKCBI7,https://1fichier.com/dir/CiLKCBI7,false",
    "https://1fichier.com/en/dir/CiLKCBI7,https://1fichier.com/dir/CiLKCBI7,false",
    "https://1fichier.com/dir/CiLKCBI7?pass=secret#x,https://1fichier.com/dir/CiLKCBI7,false",
  })
  void addresses_areReadInTheirForms(String text, String shown, boolean folder) {
    Address address = Address.parse(text);
    assertThat(address).hasToString(shown);
    boolean slash = address instanceof Address.InAccount place && place.mustBeFolder();
    assertThat(slash).isEqualTo(folder || text.equals("/"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/a/../b", "..", "https://example.org/", "home:../x"})
  void others_areRefused(String text) {
    assertThatThrownBy(() -> Address.parse(text)).isInstanceOf(Problem.class);
  }

  /** It was an unexpected error. */
  @ParameterizedTest
  @ValueSource(strings = {"https://exa mple.org/?2zk52quqlm", "https://exa mple.org/dir/CiLKCBI7"})
  void noAddressOfTheWeb_isSaidToBeNone(String text) {
    assertThatThrownBy(() -> web(Address.parse(text)))
        .isInstanceOf(Problem.class)
        .hasMessage("no address of the web: " + text);
  }

  private static URI web(Address address) {
    return ((Address.ByLink) address).web();
  }

  @Test
  void path_isWithinItselfAndWhatIsAbove() {
    RemotePath path = RemotePath.of("/a/b");
    assertThat(path.isWithin(RemotePath.of("/a"))).isTrue();
    assertThat(path.isWithin(path)).isTrue();
    assertThat(path.isWithin(RemotePath.of("/a/b/c"))).isFalse();
    assertThat(path.isWithin(RemotePath.of("/b"))).isFalse();
    assertThat(new RemotePath(List.of("ab")).isWithin(RemotePath.of("/a"))).isFalse();
  }
}
