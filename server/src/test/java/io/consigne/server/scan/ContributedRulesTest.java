package io.consigne.server.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.keys.ApiKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The rules for other scanners find what ours finds. */
class ContributedRulesTest {
  private static final Path FOLDER = Path.of("..", "contrib");
  private static final Pattern TOML = Pattern.compile("(?m)^regex = '''(.*)'''$");
  private static final Pattern YAML = Pattern.compile("(?m)^ +key: '(.*)'$");
  private static final Random RANDOM = new Random(11);

  private static List<Pattern> rules(String file, Pattern line) throws IOException {
    return line.matcher(Files.readString(FOLDER.resolve(file)))
        .results()
        .map(hit -> Pattern.compile(hit.group(1)))
        .toList();
  }

  private static List<List<Pattern>> files() throws IOException {
    return List.of(rules("gitleaks.toml", TOML), rules("trufflehog.yaml", YAML));
  }

  private static void finds(Pattern rule, String text, String secret) {
    Matcher matcher = rule.matcher(text);
    assertThat(matcher.find()).as("%s in %s", rule, text).isTrue();
    assertThat(matcher.group(1)).isEqualTo(secret);
  }

  @Test
  void ownKeys_areFound() throws IOException {
    for (List<Pattern> rules : files()) {
      for (int i = 0; i < 1_000; i++) {
        String key = ApiKey.draw(RANDOM).reveal();
        finds(rules.getFirst(), "KEY=" + key, key);
        finds(rules.getFirst(), "curl -H \"Authorization: Bearer " + key + "\"", key);
        finds(rules.getFirst(), "new Client('" + key + "')", key);
      }
    }
  }

  @Test
  void othersKeys_areNotOurs() throws IOException {
    for (List<Pattern> rules : files()) {
      for (String text : List.of("csg_", "csg_short", "csg_" + "a".repeat(29), "ghp_x", "")) {
        assertThat(rules.getFirst().matcher(text).find()).as(text).isFalse();
      }
    }
  }

  @Test
  void fichierKeys_areFoundNearTheWord() throws IOException {
    for (List<Pattern> rules : files()) {
      Pattern rule = rules.get(1);
      for (int i = 0; i < 1_000; i++) {
        String key = KeyScanTest.fichierKey();
        finds(rule, "RCLONE_FICHIER_API_KEY=" + key, key);
        finds(rule, "fichier('" + key + "')", key);
        assertThat(rule.matcher("API_KEY=" + key).find()).isFalse();
      }
      assertThat(rule.matcher("https://1fichier.com/?abcdefghij0123456789").find()).isFalse();
    }
  }

  @Test
  void rcloneConfiguration_isFound() throws IOException {
    Pattern rule = rules("gitleaks.toml", TOML).get(2);
    String key = KeyScanTest.fichierKey();
    finds(rule, "[f]\ntype = fichier\napi_key = " + key + "\n", key);
    assertThat(rule.matcher("[f]\ntype = fichier\n[g]\napi_key = " + key + "\n").find()).isFalse();
  }
}
