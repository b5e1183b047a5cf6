package io.consigne.core.audit;

import java.util.Locale;

/** What is noted; new kinds may be added, old ones stay, since they are stored by their names. */
public enum Action {
  ACCOUNT_MAKE,
  ACCOUNT_CHANGE,
  ACCOUNT_REMOVE,
  KEY_MAKE,
  KEY_CHANGE,
  KEY_ROTATE,
  /** A key that opened nothing. */
  KEY_USE,
  KEY_REVOKE,
  KEY_REPORT,
  LOGIN,
  FILE_UPLOAD,
  FILE_DOWNLOAD,
  FILE_OPEN,
  FILE_COPY,
  FILE_MOVE,
  FILE_RENAME,
  FILE_CHANGE,
  FILE_REMOVE,
  FOLDER_OPEN,
  FOLDER_MAKE,
  FOLDER_MOVE,
  FOLDER_SHARE,
  FOLDER_REMOVE,
  REMOTE_REQUEST,
  REMOTE_CANCEL,
  REMOTE_RETRY,
  WEBHOOK_ADD,
  WEBHOOK_REMOVE,
  /** A call that was refused; the line says which. */
  CALL;

  /** As it is shown and stored: {@code file.remove}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '.');
  }
}
