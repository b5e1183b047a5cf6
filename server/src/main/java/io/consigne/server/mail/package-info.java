/** Gives mails to the operator's mail server, by SMTP. */
@NullMarked
package io.consigne.server.mail;

import org.jspecify.annotations.NullMarked;
