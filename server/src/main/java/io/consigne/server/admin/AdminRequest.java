package io.consigne.server.admin;

import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** Something that the operator asks for. On the wire each has the name of its command. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "command")
public sealed interface AdminRequest {
  /** What is answered at once. */
  sealed interface Quick extends AdminRequest permits AccountRequest, KeyRequest, AuditQuestion {}

  /** What takes its time, and says how it goes on. */
  sealed interface Lasting extends AdminRequest permits UpkeepRequest {}
}
