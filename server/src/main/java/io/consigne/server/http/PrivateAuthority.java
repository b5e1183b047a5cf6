package io.consigne.server.http;

import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A certificate authority that issues one certificate and forgets its key: it lives in the memory
 * of one call and is never stored. Its own certificate may vouch for TLS servers of the given names
 * only (RFC 5280, 4.2.1.10), so that a system that trusts it risks nothing else.
 */
final class PrivateAuthority {
  private static final SecureRandom RANDOM = new SecureRandom();

  private PrivateAuthority() {}

  /** Makes an authority for the names, and the one certificate that it ever issues. */
  static Issued issue(CertificateNames names, Instant now) throws IOException {
    return issue(names, names, now);
  }

  /**
   * Makes an authority and a certificate.
   *
   * @param allowed what the authority may vouch for
   * @param names what the certificate is for; not acceptable to clients unless allowed
   */
  static Issued issue(CertificateNames allowed, CertificateNames names, Instant now)
      throws IOException {
    try {
      KeyPair authority = keyPair();
      KeyPair server = keyPair();
      BigInteger serial = new BigInteger(127, RANDOM).setBit(126);
      X500Name issuer =
          new X500Name("CN=File host private CA " + serial.toString(36).substring(0, 8));
      Period period =
          new Period(now.minus(Duration.ofDays(1)), now.plus(HttpLimits.OWN_CERTIFICATE_LIFE));
      X509Certificate ca = authorityOf(authority, issuer, allowed, period);
      var builder = builder(issuer, serial, period, new X500Name("CN=File host"), server);
      var identifiers = new JcaX509ExtensionUtils();
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
      builder.addExtension(Extension.subjectAlternativeName, false, alternatives(names));
      builder.addExtension(
          Extension.authorityKeyIdentifier,
          false,
          identifiers.createAuthorityKeyIdentifier(authority.getPublic()));
      return new Issued(server, signed(builder, authority), ca);
    } catch (GeneralSecurityException | OperatorCreationException e) {
      throw new IOException("Cannot make certificates: " + e.getMessage(), e);
    }
  }

  private static X509Certificate authorityOf(
      KeyPair keys, X500Name name, CertificateNames names, Period period)
      throws GeneralSecurityException, OperatorCreationException, IOException {
    var builder = builder(name, new BigInteger(127, RANDOM).setBit(126), period, name, keys);
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
    builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign));
    builder.addExtension(Extension.nameConstraints, true, constraints(names));
    return signed(builder, keys);
  }

  private static X509v3CertificateBuilder builder(
      X500Name issuer, BigInteger serial, Period period, X500Name subject, KeyPair keys)
      throws GeneralSecurityException, IOException {
    var builder =
        new JcaX509v3CertificateBuilder(
            issuer,
            serial,
            Date.from(period.from()),
            Date.from(period.to()),
            subject,
            keys.getPublic());
    builder.addExtension(
        Extension.subjectKeyIdentifier,
        false,
        new JcaX509ExtensionUtils().createSubjectKeyIdentifier(keys.getPublic()));
    builder.addExtension(
        Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
    return builder;
  }

  private static X509Certificate signed(X509v3CertificateBuilder builder, KeyPair issuer)
      throws GeneralSecurityException, OperatorCreationException {
    var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(issuer.getPrivate());
    return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
  }

  private static KeyPair keyPair() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"), RANDOM);
    return generator.generateKeyPair();
  }

  private static GeneralNames alternatives(CertificateNames names) {
    List<GeneralName> all = new ArrayList<>();
    names.hosts().forEach(host -> all.add(new GeneralName(GeneralName.dNSName, host)));
    names.addresses().forEach(address -> all.add(new GeneralName(GeneralName.iPAddress, address)));
    return new GeneralNames(all.toArray(GeneralName[]::new));
  }

  /** A kind of name without a permitted one would be without any constraint, so it is excluded. */
  private static NameConstraints constraints(CertificateNames names) {
    List<GeneralName> permitted = new ArrayList<>();
    List<GeneralName> excluded = new ArrayList<>();
    names.domains().forEach(domain -> permitted.add(new GeneralName(GeneralName.dNSName, domain)));
    names.addresses().forEach(address -> permitted.add(exactly(address)));
    if (names.hosts().isEmpty()) {
      excluded.add(new GeneralName(GeneralName.dNSName, ""));
    }
    if (names.addresses().isEmpty()) {
      excluded.add(new GeneralName(GeneralName.iPAddress, new DEROctetString(new byte[8])));
      excluded.add(new GeneralName(GeneralName.iPAddress, new DEROctetString(new byte[32])));
    }
    return new NameConstraints(subtrees(permitted), subtrees(excluded));
  }

  private static GeneralName exactly(String address) {
    byte[] bytes = InetAddress.ofLiteral(address).getAddress();
    byte[] withMask = Arrays.copyOf(bytes, bytes.length * 2);
    Arrays.fill(withMask, bytes.length, withMask.length, (byte) 0xff);
    return new GeneralName(GeneralName.iPAddress, new DEROctetString(withMask));
  }

  private static GeneralSubtree[] subtrees(List<GeneralName> names) {
    return names.stream().map(GeneralSubtree::new).toArray(GeneralSubtree[]::new);
  }

  private record Period(Instant from, Instant to) {}

  /**
   * What is left of an authority.
   *
   * @param keys the server's
   * @param certificate the server's
   * @param authority vouches for it
   */
  record Issued(KeyPair keys, X509Certificate certificate, X509Certificate authority) {
    @Override
    public String toString() {
      return "Issued[" + certificate.getSerialNumber() + "]";
    }
  }
}
