package io.consigne.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.cli.profile.Profile;
import io.consigne.cli.profile.Profiles;
import io.consigne.cli.talk.Surroundings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who else may read a key that rclone keeps. */
final class KeyFindingsTest {
  @TempDir private Path home;

  /** It was only said that rclone keeps it as it is. */
  @Test
  void keyOfRcloneThatOthersRead_fails() throws IOException {
    Path file = home.resolve(".config/rclone/rclone.conf");
    Files.createDirectories(file.getParent());
    Files.writeString(file, "[fi]\ntype = fichier\napi_key = abc123abc123\n");
    var around =
        new Surroundings(
            Map.of("HOME", home.toString()),
            InputStream.nullInputStream(),
            new ByteArrayOutputStream(),
            false,
            false);
    var profiles = new Profiles(around);
    Profile profile = profiles.get("fi");
    assertThat(profiles.keyFile(profile)).isEqualTo(file);
    for (String rights : new String[] {"rw-r-----", "rw----r--"}) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(rights));
      assertThat(KeyFindings.place(profile, profiles.keyFile(profile)).line())
          .isEqualTo("fail  key file      others can read %s; chmod 600 %<s".formatted(file));
    }
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    assertThat(KeyFindings.place(profile, profiles.keyFile(profile)).line())
        .isEqualTo(
            "warn  key file      rclone keeps it as it is; \"consigne login\" keeps it better");
  }
}
