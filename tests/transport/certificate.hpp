// A certificate for "localhost" that signs itself, made anew for each run of the tests: no key is ever kept.
#pragma once

#include <boost/asio/buffer.hpp>
#include <boost/asio/ssl/context.hpp>
#include <memory>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <string>

struct certificate {
    std::string signed_key, key;  // PEM

    static certificate const& of_localhost() {
        static certificate const one = make();
        return one;
    }
    void serve(boost::asio::ssl::context& c) const {
        c.use_certificate_chain(boost::asio::buffer(signed_key));
        c.use_private_key(boost::asio::buffer(key), boost::asio::ssl::context::pem);
    }
    void trust(boost::asio::ssl::context& c) const { c.add_certificate_authority(boost::asio::buffer(signed_key)); }

private:
    static certificate make() {
        std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> const pair(EVP_EC_gen("P-256"), &EVP_PKEY_free);
        std::unique_ptr<X509, decltype(&X509_free)> const x(X509_new(), &X509_free);
        X509_set_version(x.get(), 2);
        ASN1_INTEGER_set(X509_get_serialNumber(x.get()), 1);
        X509_gmtime_adj(X509_getm_notBefore(x.get()), -60);
        X509_gmtime_adj(X509_getm_notAfter(x.get()), 3600);
        X509_set_pubkey(x.get(), pair.get());
        X509_NAME* const name = X509_get_subject_name(x.get());
        X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<unsigned char const*>("segue's tests"), -1, -1, 0);
        X509_set_issuer_name(x.get(), name);
        std::unique_ptr<X509_EXTENSION, decltype(&X509_EXTENSION_free)> const names(
            X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, "DNS:localhost"), &X509_EXTENSION_free);
        X509_add_ext(x.get(), names.get(), -1);
        X509_sign(x.get(), pair.get(), EVP_sha256());
        certificate c;
        c.signed_key = text([&](BIO* b) { PEM_write_bio_X509(b, x.get()); });
        c.key = text([&](BIO* b) { PEM_write_bio_PrivateKey(b, pair.get(), nullptr, nullptr, 0, nullptr, nullptr); });
        return c;
    }
    template <class Write>
    static std::string text(Write write) {
        std::unique_ptr<BIO, decltype(&BIO_free)> const b(BIO_new(BIO_s_mem()), &BIO_free);
        write(b.get());
        char* data = nullptr;
        auto const size = BIO_get_mem_data(b.get(), &data);
        return std::string(data, static_cast<std::size_t>(size));
    }
};
