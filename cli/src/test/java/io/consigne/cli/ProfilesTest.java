package io.consigne.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consigne.cli.profile.Profiles;
import io.consigne.cli.talk.Surroundings;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where keys come from, and where they go. */
final class ProfilesTest {
  @TempDir private Path home;
  private Desk desk;

  @BeforeEach
  void start() throws IOException {
    desk = new Desk(home);
    desk.environment().remove("CONSIGNE_API_KEY");
  }

  @AfterEach
  void stop() {
    desk.close();
  }

  @Test
  void noAccount_isAnAuthProblemWithTheNextStep() {
    assertThat(desk.run("ls"))
        .isEqualTo(
            new Run(3, "", "consigne: no account is known; \"consigne login\" stores a key\n"));
  }

  @Test
  void login_keepsTheKeyInAFileOfItsOwnerOnly() throws IOException {
    Run login = desk.typing(desk.key() + "\n").run("login", "work");
    assertThat(login.exitCode()).isZero();
    assertThat(login.out() + login.err()).doesNotContain(desk.key());
    Path file = desk.path(".config/consigne/keys/work");
    assertThat(file).hasContent(desk.key());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(desk.path(".config/consigne/profiles")).content().doesNotContain(desk.key());
    desk.environment().remove("CONSIGNE_URL");
    assertThat(desk.good("ls", "work:/")).isEmpty();
    assertThat(desk.good("whoami"))
        .contains("account       admin\n")
        .contains("key from      " + file + "\n");
    assertThat(desk.good("profiles")).isEqualTo("work  " + desk.url() + "  file\n");
    desk.good("logout", "work");
    assertThat(file).doesNotExist();
    assertThat(desk.good("profiles")).isEmpty();
  }

  /** The profile of before was left with the authorities of another host. */
  @Test
  void profileThatIsNotStored_leavesTheAuthoritiesOfBefore() throws IOException {
    var profiles =
        new Profiles(
            new Surroundings(
                desk.environment(),
                InputStream.nullInputStream(),
                OutputStream.nullOutputStream(),
                false,
                false));
    URI url = URI.create(desk.url());
    Path one = desk.write("one.pem", "one");
    Path two = desk.write("two.pem", "two");
    Profiles.Change full =
        () -> {
          throw new IOException("the disk is full");
        };
    assertThatThrownBy(() -> profiles.trusting("work", one, full)).hasMessage("the disk is full");
    Path kept = desk.path(".config/consigne/authorities/work.pem");
    assertThat(kept).doesNotExist();
    profiles.trusting("work", one, () -> profiles.add("work", url, "echo"));
    assertThatThrownBy(() -> profiles.trusting("work", two, full)).hasMessage("the disk is full");
    assertThat(kept).hasContent("one");
  }

  /** It locks an account to ask 1fichier.com with wrong keys. */
  @Test
  void whatCanBeNoKeyOfOneFichier_isNotEvenSent() {
    desk.environment().remove("CONSIGNE_URL");
    Run login = desk.typing("0123456789\n").run("login");
    assertThat(login)
        .isEqualTo(
            new Run(
                2,
                "",
                "consigne: this cannot be a key of 1fichier.com: it has 10 characters;"
                    + " the console of 1fichier.com shows it, and --url names another host\n"));
  }

  @Test
  void whatACommandPrints_isLookedAtBeforeItIsSentOrStored() {
    desk.environment().remove("CONSIGNE_URL");
    Run login = desk.run("login", "printed", "--from-command", "echo 0123456789abcdefghij0123456!");
    assertThat(login.exitCode()).isEqualTo(2);
    assertThat(login.err())
        .startsWith("consigne: this cannot be a key of 1fichier.com: it has the sign \"!\";")
        .doesNotContain("0123456789");
    assertThat(desk.path(".config/consigne/profiles")).doesNotExist();
  }

  /** It would be run, and refused afterwards. */
  @Test
  void commandOfSeveralLines_isNotEvenRun() {
    Run login = desk.run("login", "--from-command", "touch \"$HOME/run\"\necho csg_x");
    assertThat(login)
        .isEqualTo(new Run(2, "", "consigne: a command for the key is one line without tabs\n"));
    assertThat(desk.path("run")).doesNotExist();
  }

  /** The key was stored before anybody looked at the name, wherever that led. */
  @Test
  void nameThatIsNone_isRefusedBeforeTheKeyIsAskedFor() {
    Run login = desk.typing(desk.key() + "\n").run("login", "../../evil");
    assertThat(login.exitCode()).isEqualTo(2);
    assertThat(login.err()).contains("a profile is named by letters, digits, dots and dashes");
    assertThat(desk.path("evil")).doesNotExist();
    assertThat(desk.path(".config/consigne")).doesNotExist();
  }

  /** It is of the form of 1fichier's keys, and was sent there. */
  @Test
  void keyOfAConsigneHost_isNotSentToOneFichier() {
    desk.environment().remove("CONSIGNE_URL");
    Run login = desk.typing(desk.key() + "\n").run("login");
    assertThat(login)
        .isEqualTo(
            new Run(
                2,
                "",
                "consigne: this is a key of a Consigne host, which is not sent to 1fichier.com;"
                    + " --url names the host\n"));
    desk.environment().put("CONSIGNE_API_KEY", desk.key());
    assertThat(desk.run("ls"))
        .isEqualTo(
            new Run(
                3,
                "",
                "consigne: CONSIGNE_API_KEY holds a key of a Consigne host, which is not sent to"
                    + " 1fichier.com; CONSIGNE_URL names the host\n"));
  }

  @Test
  void lineThatIsNoProfile_isNamedByItsNumber() throws IOException {
    desk.write(
        ".config/consigne/profiles", "home\thttps://files.example.org\tfile\nsecret, alone\n");
    assertThat(desk.run("profiles"))
        .isEqualTo(
            new Run(
                1,
                "",
                "consigne: " + desk.path(".config/consigne/profiles") + ":2 is no profile\n"));
  }

  @Test
  void keyThatIsWrong_isNotStored() {
    assertThat(desk.typing("csg_wrong").run("login").exitCode()).isEqualTo(3);
    assertThat(desk.run("login", "--from-command", "echo csg_wrong").exitCode()).isEqualTo(3);
    assertThat(desk.path(".config/consigne")).doesNotExist();
  }

  @Test
  void keyring_getsTheKeyThroughAPipe() throws IOException {
    Path tool = desk.write("bin/secret-tool", keyring());
    Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwx------"));
    desk.environment().put("PATH", tool.getParent() + ":/usr/bin:/bin");
    desk.typing(desk.key()).good("login", "ring");
    assertThat(desk.path(".config/consigne/keys")).doesNotExist();
    assertThat(desk.good("profiles")).endsWith("  keyring\n");
    assertThat(desk.good("ls", "ring:/")).isEmpty();
    desk.good("logout", "ring");
    assertThat(desk.path("kept")).doesNotExist();
    assertThat(Files.readString(desk.path("calls")))
        .contains("store --label=Consigne ring service consigne profile ring\n")
        .contains("lookup service consigne profile ring\n")
        .doesNotContain(desk.key());
  }

  /** A keyring of one key that writes down how it is called. */
  private static String keyring() {
    return """
    #!/bin/sh
    echo "$@" >> "$HOME/calls"
    case $1 in
      store) cat > "$HOME/kept" ;;
      lookup) cat "$HOME/kept" ;;
      clear) rm "$HOME/kept" ;;
    esac
    """;
  }

  @Test
  void keyringThatFails_leavesTheFile() throws IOException {
    Path tool = desk.write("bin/secret-tool", "#!/bin/sh\nexit 1\n");
    Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwx------"));
    desk.environment().put("PATH", tool.getParent() + ":/usr/bin:/bin");
    desk.typing(desk.key()).good("login");
    assertThat(desk.path(".config/consigne/keys/default")).hasContent(desk.key());
  }

  /** It was refused, since it may not read the account. */
  @Test
  void keyWithoutTheRightToTheAccount_isStored() throws IOException {
    desk.typing(desk.restrictedKey()).good("login", "phone");
    assertThat(desk.good("ls", "phone:/")).isEmpty();
  }

  /** A command that asks a person asked twice. */
  @Test
  void command_isRunOnceByARun() throws IOException {
    desk.good("login", "printed", "--from-command", "echo >> \"$HOME/asked\"; echo " + desk.key());
    Files.delete(desk.path("asked"));
    desk.good("put", desk.write("a.txt", "a").toString(), "printed:/");
    assertThat(desk.path("asked")).hasContent("\n");
  }

  @Test
  void command_printsTheKeyEachTime() throws IOException {
    desk.write("secret", desk.key());
    desk.good("login", "printed", "--from-command", "cat \"$HOME/secret\"");
    assertThat(desk.path(".config/consigne/keys")).doesNotExist();
    assertThat(desk.good("ls", "printed:/")).isEmpty();
    Files.delete(desk.path("secret"));
    Run run = desk.run("ls", "printed:/");
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).contains("its command gives no key for printed");
  }

  @Test
  void rclone_givesItsRemotesAndItsVariable() throws IOException {
    desk.write(
        ".config/rclone/rclone.conf",
        "[other]\ntype = s3\napi_key = no\n\n[fi]\ntype = fichier\napi_key = abc123\n");
    assertThat(desk.good("profiles")).isEqualTo("fi  https://api.1fichier.com/v1  rclone.conf\n");
    desk.environment().put("RCLONE_FICHIER_API_KEY", "def456");
    assertThat(desk.good("profiles", "--json")).doesNotContain("def456").doesNotContain("abc123");
  }

  /** CONSIGNE_URL is for the key of Consigne: another's host must not get rclone's. */
  @Test
  void keyOfRclone_isFor1fichier_whateverConsignesAddressIs() {
    desk.environment().put("RCLONE_FICHIER_API_KEY", "def456");
    assertThat(desk.environment()).containsKey("CONSIGNE_URL");
    assertThat(desk.good("profiles"))
        .isEqualTo("rclone-environment  https://api.1fichier.com/v1  RCLONE_FICHIER_API_KEY\n");
  }

  @Test
  void firstLogin_isTheDefaultUntilAnotherIs() {
    desk.typing(desk.key()).good("login", "one");
    desk.typing(desk.key()).good("login", "two");
    assertThat(desk.good("whoami")).contains("profile       one\n");
    desk.good("profiles", "--default", "two");
    assertThat(desk.good("whoami")).contains("profile       two\n");
    assertThat(desk.good("whoami", "--profile=one")).contains("profile       one\n");
    assertThat(desk.run("ls", "three:/").err())
        .isEqualTo(
            "consigne: no profile three, only two, one; \"consigne login three\" stores one\n");
  }

  @Test
  void plainHttp_isRefusedForAKey() {
    Run run = desk.typing("abc").run("login", "--url=http://files.example.org");
    assertThat(run)
        .isEqualTo(
            new Run(
                2, "", "consigne: the key is sent over https only: http://files.example.org\n"));
  }

  @Test
  void addressWithoutScheme_isOneByHttps_andOnThisMachineItMustBeSaid() {
    String host = desk.url().replace("http://", "");
    Run local = desk.typing(desk.key() + "\n").run("login", "home", "--url", host);
    assertThat(local.exitCode()).isEqualTo(2);
    assertThat(local.err())
        .contains("an address on this machine begins with http:// or https://: " + host)
        .contains("for a host without --tls-self it is " + desk.url());
    assertThat(Profiles.url("files.example.org:8443/x"))
        .isEqualTo(URI.create("https://files.example.org:8443/x"));
    assertThat(Profiles.url("http://localhost:1")).isEqualTo(URI.create("http://localhost:1"));
  }

  /** They gave no profile, and nobody was told why. */
  @Test
  void rcloneRemotesThatGiveNoProfile_areTold() throws IOException {
    desk.write(
        ".config/rclone/rclone.conf", "[my files]\ntype = fichier\napi_key = abc123abc123\n");
    assertThat(desk.run("profiles").err())
        .isEqualTo(
            "consigne: the remote \"my files\" of rclone.conf can be no profile: \"rclone config\""
                + " renames it, to letters, digits, dots and dashes\n");
    desk.write(
        ".config/rclone/rclone.conf",
        "# Encrypted rclone configuration File\n\nRCLONE_ENCRYPT_V0:\nc2VjcmV0\n");
    Run run = desk.run("ls");
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).contains("no account is known; rclone.conf is encrypted, and not read");
    Run link = desk.run("cat", "https://1fichier.com/?2zk52quqlm0cbjr93ri5");
    assertThat(link.exitCode()).isEqualTo(3);
    assertThat(link.err()).contains("at its pages alone; rclone.conf is encrypted, and not read");
  }
}
