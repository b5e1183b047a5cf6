package io.consigne.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.client.Client;
import io.consigne.client.ClientConfig;
import io.consigne.client.budget.Timing;
import io.consigne.client.model.ApiKey;
import io.consigne.client.model.FolderId;
import io.consigne.client.standin.Fault;
import io.consigne.client.standin.StandIn;
import io.consigne.client.transfer.Progress;
import io.consigne.client.transfer.UploadSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Files and folders of alice, behind passwords and rules, as bob sees them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PasswordsTest {
  private static final String SECRET = "open sesame";

  @TempDir private static Path home;
  private Desk desk;
  private String bob;
  private String link;
  private String folder;

  @BeforeAll
  void start() throws IOException {
    desk = new Desk(home);
    bob = desk.account("bob@example.org");
    desk.typing("treasure").good("put", "-", "/cave/gold.txt");
    link = desk.typing(SECRET + "\n").good("link", "--ask-password", "/cave/gold.txt").strip();
    folder = desk.good("share", "--ask-password", "/cave").strip();
  }

  @AfterAll
  void stop() {
    desk.close();
  }

  /** Whose commands the next are; nothing else is known. */
  private Desk as(String key) {
    desk.environment().put("CONSIGNE_API_KEY", key);
    desk.environment().remove("CONSIGNE_PASSWORD");
    return desk.typing("").attended(false);
  }

  @BeforeEach
  void bobAsks() {
    as(bob);
  }

  @Test
  void withoutPassword_nothingOpens_andTheWordsSayWhatToDo() {
    assertThat(desk.run("cat", link))
        .isEqualTo(
            new Run(
                4,
                "",
                """
                consigne: a password is needed for %s; \
                CONSIGNE_PASSWORD or --password-file gives it
                """
                    .formatted(link)));
    assertThat(desk.run("ls", folder).exitCode()).isEqualTo(4);
    assertThat(desk.run("get", link, desk.path("none").toString()).exitCode()).isEqualTo(4);
  }

  @Test
  void passwordOfTheEnvironment_opensEverything() {
    desk.environment().put("CONSIGNE_PASSWORD", SECRET);
    assertThat(desk.good("cat", link)).isEqualTo("treasure");
    assertThat(desk.good("ls", folder)).isEqualTo("gold.txt\n");
    assertThat(desk.good("stat", link)).contains("gold.txt");
    assertThat(desk.good("du", folder)).contains("8 B");
    assertThat(desk.good("tree", folder)).isEqualTo(folder + "\n└── gold.txt\n");
    assertThat(desk.good("find", folder, "--name=*.txt")).isEqualTo("/gold.txt\n");
    desk.good("get", "-r", folder, desk.path("cave").toString());
    assertThat(desk.path("cave/gold.txt")).hasContent("treasure");
    desk.good("cp", "-r", folder, "/loot/");
    assertThat(desk.good("cat", "/loot/gold.txt")).isEqualTo("treasure");
  }

  @Test
  void passwordOfAFile_isItsFirstLine() throws IOException {
    Path file = desk.write("secret", SECRET + "\nmore\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    assertThat(desk.run("cat", "--password-file", file.toString(), link))
        .isEqualTo(new Run(0, "treasure", ""));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    assertThat(desk.run("cat", "--password-file", file.toString(), link))
        .isEqualTo(
            new Run(
                0,
                "treasure",
                "consigne: the file of --password-file can be read by others of this machine\n"));
    String wrong = desk.write("wrong", "guess work").toString();
    Run run = desk.run("cat", "--password-file", wrong, link);
    assertThat(run.exitCode()).isEqualTo(4);
    assertThat(run.err())
        .contains("consigne: the password is wrong for " + link)
        .doesNotContain("guess");
  }

  /** It had been told the password before it was asked whether it is a stranger's. */
  @Test
  void strangersFolder_isNotToldThePasswordOfAnother(@TempDir Path state) throws IOException {
    desk.environment().put("CONSIGNE_PASSWORD", SECRET);
    try (var stranger = new StandIn(Timing.SYSTEM, _ -> Fault.NONE)) {
      String address = lockedFolder(stranger, state);
      Run run = desk.run("get", "-r", folder, address, desk.path("both").toString());
      assertThat(run.exitCode()).isEqualTo(4);
      assertThat(run.err())
          .startsWith("consigne: a password is needed for " + address + "; the one that is given");
      assertThat(desk.good("ls", address)).as("a command of its own").isEqualTo("a.txt\n");
    }
  }

  private static String lockedFolder(StandIn host, Path state) throws IOException {
    try (var client = new Client(ClientConfig.of(host.url(), new ApiKey("any")).stateIn(state))) {
      FolderId made = client.folders().make(FolderId.ROOT, "lure");
      client
          .uploads()
          .send(made, List.of(UploadSource.of("a.txt", new byte[] {1})), Progress.UNSEEN);
      return client.folders().publish(made, SECRET);
    }
  }

  @Test
  void somebodyThere_isAsked_onceForEach() {
    Run run = desk.attended(true).typing("wrong one\n" + SECRET + "\n").run("cat", link, link);
    assertThat(run.out()).isEqualTo("treasuretreasure");
    assertThat(run.err()).contains("Password of " + link).contains("It is wrong.");
  }

  @Test
  void rules_areKeptByTheHost() {
    as(desk.key());
    desk.typing("r").good("put", "-", "/rules.txt");
    String other =
        desk.good("link", "--network=203.0.113.0/24", "--email=carol@example.org", "/rules.txt")
            .strip();
    as(bob);
    Run refused = desk.run("cat", other);
    assertThat(refused.exitCode()).isEqualTo(4);
    assertThat(refused.out()).isEmpty();
    as(desk.key());
    desk.good("link", "--open", other);
    as(bob);
    assertThat(desk.good("cat", other)).isEqualTo("r");
  }

  private String file(String name) {
    as(desk.key());
    desk.typing("r").good("put", "-", "/ending/" + name);
    return "/ending/" + name;
  }

  @Test
  void endOfALink_isSet_told_andTakenAway() {
    String path = file("a.txt");
    Run set = desk.run("link", "--expires=2h", path);
    assertThat(set.exitCode()).isZero();
    assertThat(set.out()).startsWith(desk.url() + "/?").hasLineCount(1);
    assertThat(set.err())
        .matches(
            "consigne: /ending/a.txt: open until"
                + " [0-9]{4}-[0-9]{2}-[0-9]{2} [0-9:]{8} [+-][0-9:]{5}\n");
    assertThat(desk.good("stat", path)).containsPattern("\nexpires +[0-9]{4}-.*Z\n");
    assertThat(desk.good("stat", "--json", set.out().strip())).contains("\"expires\":\"");
    as(bob);
    assertThat(desk.good("cat", set.out().strip())).isEqualTo("r");
    as(desk.key());
    assertThat(desk.run("link", "--open", path).err()).isEmpty();
    assertThat(desk.good("stat", path)).doesNotContain("expires");
  }

  @Test
  void endOfALink_asDate_isJson() {
    String path = file("b.txt");
    int year = ZonedDateTime.now(ZoneId.systemDefault()).getYear() + 2;
    Instant end = LocalDate.of(year, 1, 31).atStartOfDay(ZoneId.systemDefault()).toInstant();
    assertThat(desk.good("link", "--json", "--expires=" + year + "-01-31", path))
        .contains("\"expires\":\"" + end + "\"");
  }

  /** A host takes all rules at once: to set the end alone would have opened the file to all. */
  @Test
  void endOfALink_leavesWhoMayOpenIt_andTheOtherWayRound() {
    String path = file("c.txt");
    String link = desk.good("link", "--email=carol@example.org", path).strip();
    desk.good("link", "--expires=90d", path);
    as(bob);
    assertThat(desk.run("cat", link).exitCode()).isEqualTo(4);
    as(desk.key());
    Run opened = desk.run("link", "--email=bob@example.org", path);
    assertThat(opened.err())
        .startsWith(
            "consigne: /ending/c.txt: no more --email=carol@example.org, which is not named now\n"
                + "consigne: /ending/c.txt: open until ");
    as(bob);
    assertThat(desk.good("cat", link)).isEqualTo("r");
    as(desk.key());
    assertThat(desk.good("stat", path)).contains("\nexpires ");
  }

  /** Whoever adds a rule to a link opened it in silence to whom the earlier ones kept out. */
  @Test
  void rules_thatAreNotNamedAgain_areSaidToGo() {
    String path = file("f.txt");
    Run first = desk.run("link", "--network=192.0.2.0/24", "--network=10.0.0.0/8", path);
    assertThat(first.err()).isEmpty();
    assertThat(desk.run("link", "--expires=1h", "--network=10.0.0.0/8", "--paying", path))
        .extracting(Run::err)
        .asString()
        .startsWith(
            "consigne: /ending/f.txt: no more --network=192.0.2.0/24, which is not named now\n"
                + "consigne: /ending/f.txt: open until ");
    assertThat(desk.good("link", "--json", "--email=bob@example.org", path))
        .contains(
            "[\"/ending/f.txt: no more --network=10.0.0.0/8 --paying, which is not named now\"");
    Run more = desk.run("link", "--email=bob@example.org", "--network=192.0.2.0/24", path);
    assertThat(more.err()).matches("consigne: /ending/f.txt: open until .*\n");
  }

  /** They were said to go, and stayed, as another file was not found. */
  @Test
  void rules_areSaidToGoWhenTheyAreGone() {
    String path = file("g.txt");
    desk.good("link", "--email=carol@example.org", path);
    Run refused = desk.run("link", "--email=bob@example.org", path, "/ending/none");
    assertThat(refused.exitCode()).isEqualTo(5);
    assertThat(refused.err()).doesNotContain("no more");
    assertThat(desk.run("link", "--email=BOB@example.org", "--email=Carol@Example.org", path).err())
        .isEmpty();
  }

  @Test
  void endOfALink_thatIsNone_isRefused() {
    String path = file("d.txt");
    assertThat(desk.run("link", "--expires=soon", path).err())
        .contains("not a time such as 2h, 90d, 2027-01-31 or 2027-01-31T18:00: soon");
    assertThat(desk.run("link", "--expires=2020-01-31", path))
        .returns(2, Run::exitCode)
        .extracting(Run::err)
        .asString()
        .contains("not a time to come: 2020-01-31");
    Run far = desk.run("link", "--expires=9999d", path);
    assertThat(far.exitCode()).isNotZero();
    assertThat(far.err()).contains("acl.expires must be at most 10 years ahead: ");
    assertThat(desk.run("link", "--open", "--expires=2h", path).err())
        .isEqualTo("consigne: --open excludes the other options\n");
    assertThat(desk.good("stat", path)).doesNotContain("expires");
  }

  @Test
  void endOfALink_isRefusedWithTheReason_whereThereIsNone(@TempDir Path other) throws IOException {
    try (var host = new StandIn(Timing.SYSTEM, _ -> Fault.NONE)) {
      assertThat(Run.against(host, other, "link", "--expires=30d", "/any"))
          .isEqualTo(
              new Run(
                  2,
                  "",
                  "consigne: links do not end by themselves at this host; let a scheduler run"
                      + " \"consigne link --email YOURS\" then, which opens it to you alone\n"));
      assertThat(host.seen()).containsExactly("/v1/capabilities.cgi");
    }
  }
}
