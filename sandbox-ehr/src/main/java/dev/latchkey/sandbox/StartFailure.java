package dev.latchkey.sandbox;

import java.nio.file.Path;
import java.sql.SQLException;
import org.h2.api.ErrorCode;
import org.h2.jdbc.JdbcException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.PortInUseException;

/// Puts a failed start into words.
final class StartFailure {

  private StartFailure() {}

  /// What to tell the person who started the sandbox: one line when the reason is known.
  ///
  /// @param failure what stopped the start
  /// @return the line, or null when the reason is not known and the stack trace must be shown
  static @Nullable String explain(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      var line = explainOne(cause);
      if (line != null) {
        return line;
      }
    }
    return null;
  }

  private static @Nullable String explainOne(Throwable cause) {
    return switch (cause) {
      case StartRefused refused -> refused.getMessage();
      case PortInUseException taken ->
          "Port %d is taken. Choose another one with --server.port=8081."
              .formatted(taken.getPort());
      case SQLException failure when failure instanceof JdbcException && isDamage(failure) ->
          "A database file in the data folder is damaged (%s). Nothing was deleted. Move the file away and start again for a new one."
              .formatted(firstLine(failure));
      default -> null;
    };
  }

  private static boolean isDamage(SQLException failure) {
    return switch (failure.getErrorCode()) {
      case ErrorCode.FILE_CORRUPTED_1,
          ErrorCode.IO_EXCEPTION_1,
          ErrorCode.IO_EXCEPTION_2,
          ErrorCode.GENERAL_ERROR_1 ->
          true;
      default -> false;
    };
  }

  /// Says why an H2 file cannot be opened and how to go on without losing it.
  static String ofH2(SQLException failure, Path file) {
    return switch (failure.getErrorCode()) {
      case ErrorCode.DATABASE_ALREADY_OPEN_1 ->
          "The file %s is in use, perhaps by another sandbox. Stop it, or choose another folder with --latchkey.data=<folder>."
              .formatted(file);
      default ->
          "The file %s is damaged or not a database of this sandbox. Nothing was changed. Move it away (mv %s %s.damaged) and start again for a new one."
              .formatted(file, file, file);
    };
  }

  private static String firstLine(Throwable failure) {
    return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
  }

  static String rootMessage(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }
}
