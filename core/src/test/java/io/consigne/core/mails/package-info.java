/** Tests of mails to accounts. */
@NullMarked
package io.consigne.core.mails;

import org.jspecify.annotations.NullMarked;
