package io.consigne.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.uploads.Dedupe;
import io.consigne.server.UsualChoices;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigDefaultsTest {
  @TempDir private Path folder;

  @Test
  void nothingGiven_meansALocalHostWithoutGuests() {
    assertThat(new ConfigFixture(folder).read())
        .isEqualTo(
            new HostConfig(
                new HostConfig.Storage(
                    Path.of("./consigne-data"),
                    null,
                    Dedupe.ACCOUNT,
                    new HostConfig.Scrubbing(Duration.ofDays(30), 10 << 20)),
                new HostConfig.Web(
                    new ListenAddress("127.0.0.1", 8080),
                    null,
                    new HostConfig.Tls.None(),
                    List.of(),
                    Duration.ofSeconds(30)),
                UsualChoices.rules(true, false, null),
                null));
  }

  @Test
  void table_holdsTheseOptions() {
    var table =
        Options.ALL.stream()
            .map(option ->
                "%s %s %s"
                    .formatted(option.name(), option.format().placeholder(), option.defaultText()))
            .collect(Collectors.joining("\n"));
    assertThat(table)
        .isEqualTo(
            """
            data DIR ./consigne-data
            db URL null
            listen HOST:PORT 127.0.0.1:8080
            public-url URL null
            tls-cert FILE null
            tls-key FILE null
            tls-self on|off off
            limits on|off on
            flood-style 429|1fichier 429
            retention on|off off
            dedupe account|host account
            guests on|off off
            trusted-proxy CIDR null
            country-db FILE null
            defender on|off on
            audit-keep TIME 400d
            stop-grace TIME 30s
            scrub-every TIME|off 30d
            scrub-rate RATE 10M
            fetches N 16
            fetch-allow CIDR null
            fetch-ports PORT null
            fetch-ftps-ports PORT null
            webhooks on|off on
            smtp URL null
            smtp-from ADDRESS null
            smtp-user NAME null
            smtp-password-file FILE null
            key-file FILE null\
            """);
  }

  @Test
  void variables_areNamedAfterOptions() {
    assertThat(Options.PUBLIC_URL.flag()).isEqualTo("--public-url");
    assertThat(Options.PUBLIC_URL.variable()).isEqualTo("CONSIGNE_PUBLIC_URL");
  }
}
