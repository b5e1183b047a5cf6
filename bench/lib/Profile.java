import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordingFile;

/**
 * Says where processor time went: reads the CPU-time samples of a flight recording, and prints as
 * Markdown which threads, which methods, and, with all that they call, which methods of Consigne it
 * was spent in.
 */
final class Profile {
  private static final String SAMPLE = "jdk.CPUTimeSample";
  private static final int ROWS = 20;

  private final Map<String, Integer> threads = new HashMap<>();
  private final Map<String, Integer> tops = new HashMap<>();
  private final Map<String, Integer> within = new HashMap<>();
  private int samples;

  public static void main(String[] arguments) throws Exception {
    var profile = new Profile();
    try (var recording = new RecordingFile(Path.of(arguments[0]))) {
      while (recording.hasMoreEvents()) {
        RecordedEvent event = recording.readEvent();
        if (event.getEventType().getName().equals(SAMPLE)) {
          profile.add(event);
        }
      }
    }
    profile.print();
  }

  private void add(RecordedEvent event) {
    samples++;
    count(threads, thread(event));
    if (event.getStackTrace() == null) {
      count(tops, "(no stack)");
      return;
    }
    List<RecordedFrame> frames = event.getStackTrace().getFrames();
    count(tops, name(frames.getFirst().getMethod()));
    var seen = new HashSet<String>();
    for (RecordedFrame frame : frames) {
      String method = name(frame.getMethod());
      boolean own = method.startsWith("io.consigne.") && !method.contains("ambda");
      if (own && seen.add(method)) {
        count(within, method);
      }
    }
  }

  private static String thread(RecordedEvent event) {
    var thread = event.getThread("eventThread");
    if (thread == null || thread.getJavaName() == null) {
      return "(of the JVM)";
    }
    if (thread.isVirtual()) {
      return "(virtual)";
    }
    return thread.getJavaName().replaceAll("[0-9]+", "N");
  }

  private static String name(RecordedMethod method) {
    String type = method.getType().getName().replaceAll("\\$\\$Lambda.*", "\\$\\$Lambda");
    return type + "." + method.getName();
  }

  private static void count(Map<String, Integer> counts, String name) {
    counts.merge(name, 1, Integer::sum);
  }

  private void print() {
    System.out.printf("%,d samples of processor time.%n", samples);
    print("threads", threads);
    print("methods, without what they call", tops);
    print("methods of Consigne, with what they call", within);
  }

  private void print(String title, Map<String, Integer> counts) {
    System.out.printf("%n| %s | %% |%n| --- | ---: |%n", title);
    counts.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .limit(ROWS)
        .forEach(entry ->
            System.out.printf(
                "| `%s` | %.1f |%n", entry.getKey(), 100.0 * entry.getValue() / samples));
  }
}
