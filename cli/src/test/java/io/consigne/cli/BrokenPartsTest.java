package io.consigne.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.client.Client;
import io.consigne.client.ClientConfig;
import io.consigne.client.budget.Timing;
import io.consigne.client.model.ApiKey;
import io.consigne.client.model.FolderId;
import io.consigne.client.standin.Fault;
import io.consigne.client.standin.StandIn;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot be fetched as it should does not keep the rest of a folder from being fetched. */
final class BrokenPartsTest extends OneDesk {
  @Test
  void folderOfParts_thatIsNotWhole_isFetchedAsItIs() throws IOException {
    String big = desk.write("big", "abcdefgh").toString();
    desk.good("put", "--split", "--part-size=3", big, "/all/big");
    desk.good("rm", "--yes", "/all/big.split/0002");
    desk.typing("no manifest").good("put", "-", "/all/odd.split/manifest");
    desk.typing("good").good("put", "-", "/all/good.txt");
    Run run = desk.run("get", "-r", "/all", desk.path("got").toString());
    assertThat(run.exitCode()).isEqualTo(8);
    assertThat(run.err())
        .contains("/all/big.split: a part is missing: 0002; what is there is fetched as it is")
        .contains("/all/odd.split: the manifest of a split file cannot be read: ");
    assertThat(desk.path("got/good.txt")).hasContent("good");
    assertThat(desk.path("got/odd.split/manifest")).hasContent("no manifest");
    assertThat(desk.path("got/big.split/0001")).hasContent("abc");
    assertThat(desk.path("got/big.split/0003")).hasContent("gh");
    assertThat(desk.path("got/big")).doesNotExist();
    assertThat(desk.run("get", "/all/big", desk.path("alone").toString()).err())
        .contains("a part is missing: 0002");
  }

  @Test
  void nameThatNoLocalFileCanHave_leavesTheRestOfAPublicFolder(@TempDir Path home)
      throws IOException {
    try (var host = new StandIn(Timing.SYSTEM, _ -> Fault.NONE)) {
      String address;
      try (var client = new Client(ClientConfig.of(host.url(), new ApiKey("key")).stateIn(home))) {
        FolderId folder = client.folders().make(FolderId.ROOT, "open");
        host.files().put(folder.value(), "..", Instant.EPOCH);
        host.files().put(folder.value(), "a.txt", Instant.EPOCH);
        address = client.folders().publish(folder, null);
      }
      Run run = Run.against(host, home, "get", "-r", address, home.resolve("got").toString());
      assertThat(run.exitCode()).isEqualTo(8);
      assertThat(run.err()).contains("no local file can have this name");
      assertThat(home.resolve("got/a.txt")).exists();
    }
  }
}
