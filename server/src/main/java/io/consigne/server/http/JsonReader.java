package io.consigne.server.http;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the JSON of strangers: bounded, nothing after its end, no member twice. */
public final class JsonReader {
  private static final Pattern TWICE =
      Pattern.compile("Duplicate Object property (\".*\")", Pattern.DOTALL);

  private final JsonMapper mapper;

  /**
   * Reads within limits.
   *
   * @param depth how deep values may be nested
   * @param tokens the most names, values and brackets
   */
  public JsonReader(int depth, long tokens) {
    mapper =
        JsonMapper.builder(
                JsonFactory.builder()
                    .streamReadConstraints(
                        StreamReadConstraints.builder()
                            .maxNestingDepth(depth)
                            .maxTokenCount(tokens)
                            .build())
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
  }

  /**
   * The value that a body is; a missing node if the body is empty.
   *
   * @throws MalformedBody if it is not JSON, or beyond the limits; the message shows no value
   */
  public JsonNode read(byte[] body) throws MalformedBody {
    try {
      return mapper.readTree(body);
    } catch (JacksonException e) {
      throw new MalformedBody("body must be a JSON object: " + wrong(e));
    } catch (NumberFormatException _) { // of an exponent beyond 32 bits, which the mapper lets out
      throw new MalformedBody("body must be a JSON object: a number out of range");
    }
  }

  /** Text that can be sent: in place of half a character stands that there was one. */
  public static String sendable(String text) {
    return text.replaceAll("\\p{Cs}", "\uFFFD");
  }

  /** What is wrong, in words that do not tell with which library it was read. */
  private static String wrong(JacksonException e) {
    Matcher twice = TWICE.matcher(e.getOriginalMessage());
    if (twice.matches()) {
      return sendable(twice.group(1)) + " is there twice";
    }
    TokenStreamLocation place = e.getLocation();
    String where = place == null ? "" : " in column " + Math.max(1, place.getColumnNr());
    return e instanceof StreamConstraintsException
        ? "nested too deep, or too many or too long values" + where
        : "not JSON" + where;
  }
}
