package io.consigne.core.links;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.blobs.Segment;
import io.consigne.core.db.TestDatabases;
import io.consigne.core.ids.RandomText;
import java.math.BigInteger;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a download token opens, for whom, and for how long. */
class DownloadsTest extends DownloadsFixture {
  DownloadsTest(TestDatabases.Kind kind) {
    super(kind);
  }

  @Test
  void token_isLettersAndDigits_andOpensTheFile() {
    String token = token(alice);
    assertThat(token).matches("[A-Za-z0-9]{60,120}");
    Downloads.Download download = downloads.open(token, caller(HOME, null, false));
    assertThat(download.file().id()).isEqualTo(file.id());
    assertThat(download.segments())
        .isEqualTo(host.database.read(sql -> host.contents.segments(sql, file.content())))
        .hasSize(1);
    assertThat(download.inline()).isFalse();
    assertGood(token(null));
  }

  /** However the database finds them. */
  @Test
  void segments_comeInTheirOrder() {
    long first = segment(0);
    for (int position : new int[] {2, 1}) {
      host.database.change(sql ->
          sql.update(
              """
              INSERT INTO content_segments (content_id, position, store_file, offset_bytes,
                size_bytes)
              SELECT content_id, ?, store_file, ?, 0 FROM content_segments
              WHERE content_id = ? AND position = 0
              """,
              position,
              1000 * position,
              file.content().value()));
    }
    assertThat(downloads.open(token(null), caller(HOME, null, false)).segments())
        .extracting(Segment::offset)
        .containsExactly(first, 1000L, 2000L);
  }

  private long segment(int position) {
    return host.database
        .read(sql -> host.contents.segments(sql, file.content()))
        .get(position)
        .offset();
  }

  @Test
  void inline_isKept() {
    String token = downloads.issue(opened(null), new Visitor(null, HOME, null), true, false);
    assertThat(downloads.open(token, caller(HOME, null, false)).inline()).isTrue();
  }

  @Test
  void token_anyCharacterChanged_notFound() {
    String token = token(alice);
    for (int i = 0; i < token.length(); i++) {
      int next = (RandomText.BASE62.indexOf(token.charAt(i)) + 1 + i % 60) % 62;
      String forged =
          token.substring(0, i) + RandomText.BASE62.charAt(next) + token.substring(i + 1);
      assertThat(forged).isNotEqualTo(token);
      assertRefused(forged, caller(HOME, null, false));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "zz", "p1058755667", "é", "../../etc/passwd", "\0"})
  void token_otherText_notFound(String text) {
    assertRefused(text, caller(HOME, null, false));
    assertRefused(token(alice) + text + "x", caller(HOME, null, false));
    assertRefused(text.repeat(100_000), caller(HOME, null, false));
  }

  /** What stands before the signed bytes is not signed, and has to be as it was written. */
  @Test
  void token_withAnotherFirstByte_notFound() {
    BigInteger base = BigInteger.valueOf(62);
    BigInteger number = BigInteger.ZERO;
    for (char digit : token(alice).toCharArray()) {
      number = number.multiply(base).add(BigInteger.valueOf(RandomText.BASE62.indexOf(digit)));
    }
    int lead = number.bitLength() - 1;
    var forged = new StringBuilder();
    for (BigInteger rest = number.setBit(lead + 1); rest.signum() > 0; rest = rest.divide(base)) {
      forged.append(RandomText.BASE62.charAt(rest.mod(base).intValue()));
    }
    assertRefused(forged.reverse().toString(), caller(HOME, null, false));
  }

  /** There is one text for each token. */
  @Test
  void token_withZeroesBefore_notFound() {
    String token = token(alice);
    assertGood(token);
    assertRefused("0" + token, caller(HOME, null, false));
    assertRefused("000" + token, caller(HOME, null, false));
  }

  @Test
  void token_signedByAnotherHost_notFound() {
    var stranger = new SigningKeys.SigningKey(1, "c2VjcmV0", host.clock.instant());
    String own = token(alice);
    var message = new byte[DownloadToken.BYTES];
    SignedText.read(host.signingKeys, own, DownloadToken.BYTES).orElseThrow().get(message);
    assertGood(SignedText.write(host.signingKeys.current(), message));
    assertEnded(SignedText.write(stranger, message));
  }

  @Test
  void token_startsForFiveMinutes_resumesForThirty() {
    String token = token(alice);
    host.clock.advance(LinkLimits.TO_START.minusMillis(1));
    downloads.open(token, caller(HOME, null, false));
    host.clock.advance(Duration.ofMillis(1));
    assertRefused(token, caller(HOME, null, false));
    downloads.open(token, caller(HOME, null, true));
    host.clock.advance(Duration.ofMinutes(25).minusMillis(1));
    downloads.open(token, caller(HOME, null, true));
    host.clock.advance(Duration.ofMillis(1));
    assertEnded(token);
  }

  @Test
  void limits_areThese() {
    assertThat(LinkLimits.TO_START).isEqualTo(Duration.ofMinutes(5));
    assertThat(LinkLimits.TO_RESUME).isEqualTo(Duration.ofMinutes(30));
  }

  @Test
  void single_bindsTheAddress_andServesRetries() {
    String token = downloads.issue(opened(alice), new Visitor(alice, HOME, null), false, true);
    for (int i = 0; i < 3; i++) {
      downloads.open(token, caller(HOME, null, false));
      downloads.open(token, caller(HOME, null, true));
    }
    assertRefused(token, caller(AWAY, null, false));
    assertRefused(token, caller(AWAY, key.reveal(), true));
  }

  @Test
  void single_bindsTheKey_ifOneIsShown() {
    String token = downloads.issue(opened(alice), new Visitor(alice, HOME, null), false, true);
    String other = host.keys.regenerate(host.newAccount().account()).reveal();
    downloads.open(token, caller(HOME, key.reveal(), false));
    assertRefused(token, caller(HOME, other, false));
    assertRefused(token, caller(HOME, "", false));
  }

  @Test
  void notSingle_anyAddressAndKey() {
    String token = token(alice);
    assertThat(downloads.open(token, caller(AWAY, "whatever", false)).file().id())
        .isEqualTo(file.id());
  }

  @Test
  void caller_toString_showsNoKey() {
    assertThat(caller(HOME, key.reveal(), false).toString()).doesNotContain(key.reveal());
  }
}
