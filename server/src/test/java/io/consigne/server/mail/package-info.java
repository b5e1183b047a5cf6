/** Tests of mails, with a real mail server in this process. */
@NullMarked
package io.consigne.server.mail;

import org.jspecify.annotations.NullMarked;
