package io.consigne.client.wire;

import io.consigne.client.model.Limit;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A call of {@code /v1}: what is asked, what it costs, and how its answer is read.
 *
 * @param path below {@code /v1/}
 * @param body the members of the JSON object
 * @param costs what 1fichier.com limits of it, each with its subject
 * @param repeat what to do when the answer was lost
 * @param reader makes the result of a successful answer
 */
public record Call<T>(
    String path,
    Map<String, ?> body,
    Map<Limit, String> costs,
    Repeat repeat,
    Function<JsonObject, T> reader) {
  /** What may be done when nobody knows whether a call was carried out. */
  public enum Repeat {
    /** Ask again: nothing changes by it. */
    FREELY,
    /** Do it again: if that changes nothing, it may be done already, which is to be looked at. */
    UNTIL_DONE,
    /** Do it again: that nothing is there any more is then a success. */
    UNTIL_GONE,
    /** Do not: it would be done twice. */
    NEVER
  }

  static <T> Call<T> reading(String path, Map<String, ?> body, Function<JsonObject, T> reader) {
    return new Call<>(path, body, Map.of(Limit.CALL, ""), Repeat.FREELY, reader);
  }

  static Call<Done> changing(String path, Map<String, ?> body) {
    return changing(path, body, _ -> Done.DONE);
  }

  static <T> Call<T> changing(String path, Map<String, ?> body, Function<JsonObject, T> reader) {
    return new Call<>(path, body, Map.of(Limit.CALL, ""), Repeat.UNTIL_DONE, reader);
  }

  /**
   * Changes files.
   *
   * @param count the member of the answer that says of how many
   * @param asked of how many it was asked for
   */
  static Call<Counted> counting(String path, Map<String, ?> body, String count, int asked) {
    return new Call<>(
        path,
        body,
        Map.of(Limit.CALL, ""),
        Repeat.UNTIL_DONE,
        answer -> Counted.of(answer.numberOrNull(count), asked));
  }

  static Call<Done> removing(String path, Map<String, ?> body) {
    return new Call<>(path, body, Map.of(Limit.CALL, ""), Repeat.UNTIL_GONE, _ -> Done.DONE);
  }

  static <T> Call<T> once(String path, Map<String, ?> body, Function<JsonObject, T> reader) {
    return new Call<>(path, body, Map.of(Limit.CALL, ""), Repeat.NEVER, reader);
  }

  Call<T> costing(Limit limit, String subject) {
    var more = new EnumMap<Limit, String>(costs);
    more.put(limit, subject);
    return new Call<>(path, body, more, repeat, reader);
  }

  /** The answer of a call that only does something. */
  public enum Done {
    /** It is so now. */
    DONE
  }

  /**
   * The answer of a call that changes files.
   *
   * @param asked of how many it was asked for
   * @param done of how many the host says so; all, if it does not say
   */
  public record Counted(int asked, long done) {
    static Counted of(@Nullable Long told, int asked) {
      return new Counted(asked, told == null ? asked : told);
    }

    /** Whether it did so for all. */
    public boolean isWhole() {
      return done >= asked;
    }
  }

  @Override
  public String toString() {
    return path;
  }
}
