package io.consigne.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What people do with rclone, with the rclone that Debian ships. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RcloneTest {
  @TempDir static Path home;
  private HostProcess host;
  private Rclone rclone;

  @BeforeAll
  void start() {
    host = HostProcess.start(home.resolve("data"), "--tls-self");
    rclone = Rclone.leadTo(host, home);
  }

  @AfterAll
  void stop() {
    rclone.close();
    host.close();
  }

  @Test
  void copy_ofATree_bringsEveryByteThereAndBack() {
    Path tree = Samples.tree(home.resolve("tree"));
    rclone.run("copy", "--progress", tree.toString(), ":fichier:there").good();
    rclone.run("check", tree.toString(), ":fichier:there").good();
    rclone.run("check", "--download", tree.toString(), ":fichier:there").good();
    Path back = home.resolve("back");
    rclone.run("copy", ":fichier:there", back.toString()).good();
    rclone.run("check", tree.toString(), back.toString()).good();
    assertThat(rclone.run("copy", "-v", tree.toString(), ":fichier:there").err())
        .contains("There was nothing to transfer");
  }

  @Test
  void mkdir_lsd_rmdir() {
    rclone.run("mkdir", ":fichier:made/below").good();
    assertThat(rclone.run("lsd", ":fichier:made").good()).contains(" below");
    assertThat(rclone.run("rmdir", ":fichier:made").exit()).isNotZero();
    rclone.run("rmdir", ":fichier:made/below").good();
    assertThat(rclone.run("lsd", ":fichier:made").good()).isEmpty();
  }

  @Test
  void lsjson_and_cat() throws IOException {
    Path file = Samples.file(home.resolve("look/a.txt"), 200_000, 7);
    rclone.run("copy", file.toString(), ":fichier:look").good();
    assertThat(rclone.run("lsjson", "--hash", ":fichier:look").good())
        .contains("\"Name\":\"a.txt\"", "\"Size\":200000", "text/plain", "\"whirlpool\":\"");
    Path part = home.resolve("part");
    ProcessBuilder reading =
        rclone
            .process(Map.of(), "cat", "--offset=65000", "--count=1500", ":fichier:look/a.txt")
            .redirectError(home.resolve("cat.log").toFile())
            .redirectOutput(part.toFile());
    assertThat(exit(reading)).isZero();
    byte[] whole = Files.readAllBytes(file);
    assertThat(Files.readAllBytes(part)).isEqualTo(Arrays.copyOfRange(whole, 65_000, 66_500));
  }

  private static int exit(ProcessBuilder builder) throws IOException {
    try {
      return builder.start().waitFor();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void moveto_and_copyto_renameAndCopy() {
    Path file = Samples.file(home.resolve("move/a.bin"), 50_000, 8);
    rclone.run("copyto", file.toString(), ":fichier:move/first.bin").good();
    rclone.run("moveto", ":fichier:move/first.bin", ":fichier:move/second.bin").good();
    rclone.run("copyto", ":fichier:move/second.bin", ":fichier:move/third.bin").good();
    assertThat(rclone.run("lsf", ":fichier:move").good()).isEqualTo("second.bin\nthird.bin\n");
    Path back = home.resolve("moved.bin");
    rclone.run("copyto", ":fichier:move/third.bin", back.toString()).good();
    assertThat(back).hasSameBinaryContentAs(file);
  }

  @Test
  void update_replacesTheFile() {
    Path file = Samples.file(home.resolve("update/a.bin"), 10_000, 9);
    rclone.run("copy", Samples.folder(file).toString(), ":fichier:update").good();
    Samples.file(file, 11_000, 10);
    rclone.run("copy", Samples.folder(file).toString(), ":fichier:update").good();
    assertThat(rclone.run("lsf", "--format=sp", ":fichier:update").good())
        .isEqualTo("11000;a.bin\n");
  }

  @Test
  void link_opensForEverybody() {
    Path file = Samples.file(home.resolve("link/a.bin"), 1_000, 11);
    rclone.run("copy", Samples.folder(file).toString(), ":fichier:link").good();
    assertThat(rclone.run("link", ":fichier:link/a.bin").good().strip())
        .matches(
            "https://1fichier\\.com/\\?[a-z0-9]{20}|https://[a-z0-9.-]+(:[0-9]+)?/\\?[a-z0-9]{20}");
  }

  @Test
  void purge_removesEverything() {
    Path tree = Samples.tree(home.resolve("purged"));
    rclone.run("copy", tree.toString(), ":fichier:purged").good();
    rclone.run("purge", ":fichier:purged").good();
    assertThat(rclone.run("lsf", ":fichier:").good()).doesNotContain("purged");
  }

  @Test
  void about_tellsWhatIsUsed() {
    assertThat(rclone.run("about", "--json", ":fichier:").good())
        .contains("\"total\":", "\"used\":", "\"free\":");
  }

  @Test
  void sharedFolder_isReadByItsToken_withAndWithoutPassword() {
    Path file = Samples.file(home.resolve("public/a.bin"), 5_000, 12);
    rclone.run("copy", Samples.folder(file).toString(), ":fichier:public").good();
    String open = shareToken("\"share\":1");
    assertThat(
            rclone.run("lsf", "--format=sp", "--fichier-shared-folder=" + open, ":fichier:").good())
        .isEqualTo("5000;a.bin\n");
    String locked = shareToken("\"share\":1,\"pass\":\"secret6\"");
    Map<String, String> password = Map.of("RCLONE_FICHIER_FOLDER_PASSWORD", "secret6");
    Path back = home.resolve("from-shared");
    rclone
        .run(password, "copy", "--fichier-shared-folder=" + locked, ":fichier:", back.toString())
        .good();
    assertThat(back.resolve("a.bin")).hasSameBinaryContentAs(file);
    assertThat(rclone.run("lsf", "--fichier-shared-folder=" + locked, ":fichier:").exit())
        .isNotZero();
  }

  private String shareToken(String change) {
    JsonNode root = api().call("folder/ls.cgi", "{}");
    for (JsonNode folder : root.path("sub_folders")) {
      if (folder.path("name").asString().equals("public")) {
        String url =
            api()
                .call(
                    "folder/share.cgi", "{\"folder_id\":" + folder.path("id") + "," + change + "}")
                .path("url")
                .asString();
        return url.substring(url.lastIndexOf('/') + 1);
      }
    }
    throw new AssertionError("no folder public: " + root);
  }

  private Api api() {
    return Api.trusting(host.data().resolve("tls/ca.pem"), host.url(), host.key());
  }
}
