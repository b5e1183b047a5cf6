package io.consigne.server.api.v1;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.server.api.v1.Talk.Said;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whom a folder is shared with leaves it. */
class LeaveFolderTest {
  @TempDir Path folder;

  @Test
  void guest_leavesASharedFolder_andASharedRoot() throws IOException {
    try (var host = new WiredHost(folder)) {
      host.account("alice@example.org");
      host.account("bob@example.org");
      try (var alice = new Uploading(host, "alice@example.org");
          var bob = new Uploading(host, "bob@example.org")) {
        Said made = alice.call("folder/mkdir.cgi", "{\"name\":\"Docs\"}");
        String docs = "{\"folder_id\":" + Uploading.json(made).path("folder_id").asLong();
        String root = "{\"folder_id\":0,\"sharing_user\":\"alice@example.org\"}";
        leaves(alice, bob, docs, docs + "}");
        leaves(alice, bob, "{\"folder_id\":0", root);
      }
    }
  }

  private static void leaves(Uploading alice, Uploading bob, String hers, String his) {
    alice.call(
        "folder/share.cgi", hers + ",\"shares\":[{\"email\":\"bob@example.org\",\"rw\":1}]}");
    assertThat(bob.call("folder/ls.cgi", his).status()).isEqualTo(200);
    assertThat(bob.call("folder/leave.cgi", his).text()).isEqualTo("{\"status\":\"OK\"}");
    String gone = bob.call("folder/ls.cgi", his).text();
    assertThat(gone).startsWith("{\"status\":\"KO\",\"message\":\"Resource not found");
    assertThat(bob.call("folder/leave.cgi", his).text()).isEqualTo(gone);
    assertThat(alice.call("folder/ls.cgi", hers + "}").text()).doesNotContain("shares");
  }
}
