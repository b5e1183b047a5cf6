/**
 * Mails to accounts: messages of {@code core.events} that are no webhook's, written as letters and
 * given to a mail server. A mail is a row until the server has taken it, and given up after few
 * tries; a host that is killed in between may send one twice.
 */
@NullMarked
package io.consigne.core.mails;

import org.jspecify.annotations.NullMarked;
