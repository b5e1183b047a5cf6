package io.consigne.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consigne.core.accounts.FirstKey;
import io.consigne.core.db.Database;
import io.consigne.core.db.Databases;
import io.consigne.core.keys.ApiKey;
import io.consigne.server.admin.AccountRequest;
import io.consigne.server.admin.AdminSocket;
import io.consigne.server.config.HostConfig;
import io.consigne.server.config.ListenAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first account of a host, whose key is shown once. */
final class FirstStartTest {
  @TempDir Path directory;

  @Test
  void key_isShownByTheFirstStartAlone() throws Exception {
    try (Host host = start(directory, 0, null)) {
      assertThat(host.firstKey()).isPresent();
      host.firstKeyWasShown();
    }
    try (Host host = start(directory, 0, null)) {
      assertThat(host.firstKey()).isEmpty();
    }
  }

  /** Nobody knew the key of the account that was there then. */
  @Test
  void key_thatNobodySawBeforeTheHostWasKilled_isMadeAnew() throws Exception {
    ApiKey unseen;
    try (Host host = start(directory, 0, null)) {
      unseen = host.firstKey().orElseThrow();
    }
    try (Host host = start(directory, 0, null)) {
      assertThat(host.firstKey()).isPresent();
      assertThat(host.firstKey()).isNotEqualTo(Optional.of(unseen));
    }
  }

  /** An empty file stayed, which every later start refused. */
  @Test
  void keyFile_ofAHostThatWasKilledMeanwhile_isMadeByTheNextStart() throws Exception {
    Path file = directory.resolve("key");
    Files.writeString(directory.resolve("key.new"), "csg_of_a_killed_start");
    try (Host host = start(directory, 0, file)) {
      assertThat(host.firstKeyFile()).contains(file);
    }
    try (Database database = Databases.sqlite(directory.resolve("consigne.db"))) {
      new FirstKey(database).begin(file.toString());
    }
    String unseen = Files.readString(file);
    try (Host host = start(directory, 0, file)) {
      assertThat(host.firstKeyFile()).contains(file);
      assertThat(file).content().startsWith("csg_").isNotEqualTo(unseen);
    }
    try (Host host = start(directory, 0, file)) {
      assertThat(host.firstKeyFile()).isEmpty();
    }
    assertThat(directory.resolve("key.new")).doesNotExist();
  }

  @Test
  void key_isShownAfterAStartThatFailed() throws Exception {
    failToStart(null);
    try (Host host = start(directory, 0, null)) {
      assertThat(host.firstKey()).isPresent();
    }
  }

  @Test
  void keyFile_isMadeAfterAStartThatFailed() throws Exception {
    Path file = directory.resolve("key");
    failToStart(file);
    assertThat(file).doesNotExist();
    try (Host host = start(directory, 0, file)) {
      assertThat(host.firstKeyFile()).contains(file);
      assertThat(file).content().startsWith("csg_");
    }
    try (Host host = start(directory, 0, file)) {
      assertThat(host.firstKeyFile()).isEmpty();
    }
  }

  @Test
  void keyFile_thatExists_stopsTheStart() throws Exception {
    Path file = Files.writeString(directory.resolve("key"), "mine");
    assertThatThrownBy(() -> start(directory, 0, file))
        .isInstanceOf(IOException.class)
        .hasMessage("The file for the first key exists already: " + file);
    assertThat(file).hasContent("mine");
    try (Host host = start(directory, 0, null)) {
      assertThat(host.firstKey()).isPresent();
    }
  }

  @Test
  void directory_deeperThanTheAddressOfASocket_isServedAndAdministered() throws Exception {
    Path deep = directory.resolve("d".repeat(60)).resolve("e".repeat(60));
    try (Host host = start(deep, 0, null)) {
      assertThat(host.firstKey()).isPresent();
      var list = new AccountRequest.Listing(false, 0);
      assertThat(AdminSocket.ask(DataDirectory.adminSocket(deep), list).orElseThrow().text())
          .contains("admin");
    }
    assertThat(DataDirectory.adminSocket(deep)).doesNotExist();
  }

  private void failToStart(@Nullable Path keyFile) throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      assertThatThrownBy(() -> start(directory, port, keyFile))
          .isInstanceOf(IOException.class)
          .hasMessage("Cannot listen on 127.0.0.1:" + port + ": another program listens there");
    }
  }

  private static Host start(Path data, int port, @Nullable Path keyFile) throws IOException {
    var web =
        new HostConfig.Web(
            new ListenAddress("127.0.0.1", port),
            null,
            new HostConfig.Tls.None(),
            List.of(),
            Duration.ofSeconds(1));
    return Host.start(
        new HostConfig(
            UsualChoices.storage(data), web, UsualChoices.rules(false, true, null), keyFile));
  }
}
