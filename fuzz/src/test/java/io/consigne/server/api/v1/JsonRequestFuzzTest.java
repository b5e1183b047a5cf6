package io.consigne.server.api.v1;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.consigne.core.failure.Failure;
import io.consigne.core.failure.FailureException;
import io.consigne.fuzz.FuzzTarget;
import io.consigne.server.http.MalformedBody;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A body is refused as invalid, in words that can be sent and name no library; or each member
 * {@code a} of it is refused likewise or read as one value, whichever way it is asked for.
 */
final class JsonRequestFuzzTest extends FuzzTarget {
  private static final int DEEPEST = 5;

  @FuzzTest
  void fuzz(byte[] input) {
    check(input);
  }

  @Override
  protected void check(byte[] input) {
    tried(() -> parse(input)).ifPresent(request -> checkMembers(request, 0));
  }

  private static JsonRequest parse(byte[] input) {
    try {
      return JsonRequest.parse(input);
    } catch (MalformedBody e) {
      throw new Failure.Invalid("body", String.valueOf(e.getMessage()), "must be JSON")
          .asException();
    }
  }

  private static void checkMembers(JsonRequest request, int depth) {
    Optional<String> text = tried(() -> request.text("a")).flatMap(found -> found);
    Optional<Long> number = tried(() -> request.number("a")).flatMap(found -> found);
    Optional<Boolean> flag = tried(() -> request.flag("a")).flatMap(found -> found);
    Optional<List<String>> texts = tried(() -> request.texts("a")).flatMap(found -> found);
    text.ifPresent(JsonRequestFuzzTest::checkWhole);
    texts.ifPresent(found -> found.forEach(JsonRequestFuzzTest::checkWhole));
    if (text.isPresent() && number.isPresent()) {
      assertThat(new BigDecimal(text.get())).isEqualByComparingTo(new BigDecimal(number.get()));
    }
    if (text.isPresent() && texts.isPresent()) {
      assertThat(texts.get()).containsExactly(text.get());
    }
    flag.ifPresent(value -> assertThat(number).contains(value ? 1L : 0L));
    if (!request.has("a")) {
      assertThat(List.of(text, number, texts)).containsOnly(Optional.empty());
    }
    if (depth < DEEPEST) {
      var objects = tried(() -> request.objects("a")).flatMap(found -> found);
      objects.ifPresent(found -> found.forEach(object -> checkMembers(object, depth + 1)));
      var object = tried(() -> request.object("a")).flatMap(found -> found);
      object.ifPresent(found -> checkMembers(found, depth + 1));
    }
  }

  private static <T> Optional<T> tried(Supplier<T> reading) {
    try {
      return Optional.of(reading.get());
    } catch (FailureException refused) {
      assertThat(refused.failure()).isInstanceOf(Failure.Invalid.class);
      checkWhole(refused.failure().message());
      assertThat(refused.getMessage()).doesNotContain("Constraints", "StreamRead", "jackson");
      return Optional.empty();
    }
  }

  private static void checkWhole(String text) {
    assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(text))
        .as("whole characters: " + text)
        .isTrue();
  }
}
