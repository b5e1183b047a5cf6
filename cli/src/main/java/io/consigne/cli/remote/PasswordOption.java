package io.consigne.cli.remote;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the password of somebody else's link or folder comes from. */
public final class PasswordOption {
  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description =
          "Its first line opens others' links and folders. Else CONSIGNE_PASSWORD does, or you are"
              + " asked.")
  @Nullable Path file;
}
