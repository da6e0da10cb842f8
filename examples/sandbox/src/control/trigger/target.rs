//! Where triggers may be sent: to this machine and to the hosts that are allowed by name, so that whoever reaches the
//! control API cannot reach through it.

use std::{
    io,
    net::{IpAddr, SocketAddr},
    sync::Arc,
};

use reqwest::{
    Client, Url,
    dns::{Addrs, Name, Resolve, Resolving},
};

use crate::{exchange, fields::invalid, refusal::Refusal};

/// Refuses a URL that leads elsewhere. What `localhost` leads to is looked at when it is called.
pub(super) fn check(text: &str, allowed: &[String]) -> Result<(), Refusal> {
    let url = Url::parse(text).map_err(|_| invalid("url", "must be an absolute http URL"))?;
    if url.scheme() != "http" {
        return Err(invalid("url", "must be an http URL: triggers speak no TLS"));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(invalid("url", "must not contain a user name or a password"));
    }
    let host = url.host_str().unwrap_or_default().trim_start_matches('[').trim_end_matches(']');
    // Addresses in any spelling were read already: what is left are names, and addresses in their usual form.
    let is_own = host.parse::<IpAddr>().map_or(host == "localhost", |address| address.is_loopback());
    if is_own || is_allowed(host, allowed) {
        return Ok(());
    }
    Err(Refusal::forbidden(format!("{host} is not this machine: only loopback addresses, localhost and --allow-host")))
}

/// A client that checks what names lead to when it connects, and follows no redirects.
pub(super) fn client(allowed: &[String]) -> reqwest::Result<Client> {
    exchange::client().dns_resolver(Arc::new(Resolver { allowed: allowed.to_vec() })).build()
}

fn is_allowed(host: &str, allowed: &[String]) -> bool {
    allowed.iter().any(|known| known.eq_ignore_ascii_case(host))
}

struct Resolver {
    allowed: Vec<String>,
}

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        let is_allowed = is_allowed(name.as_str(), &self.allowed);
        Box::pin(async move {
            let addresses: Vec<SocketAddr> = tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
            if !is_allowed {
                only_loopback(&addresses)?;
            }
            Ok(Box::new(addresses.into_iter()) as Addrs)
        })
    }
}

fn only_loopback(addresses: &[SocketAddr]) -> io::Result<()> {
    match addresses.iter().find(|address| !address.ip().is_loopback()) {
        Some(address) => Err(io::Error::other(format!("the name leads to {}, not to this machine", address.ip()))),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_machine_in_every_spelling() {
        for url in [
            "http://127.0.0.1:3000/callback",
            "http://127.1.2.3/",
            "http://[::1]:3000/callback?a=b",
            "http://[0:0:0:0:0:0:0:1]/",
            "http://LOCALHOST:8000/",
            // Other spellings of 127.0.0.1, read as browsers read them.
            "http://2130706433/",
            "http://0x7f.1/",
        ] {
            assert!(check(url, &[]).is_ok(), "{url}");
        }
    }

    #[test]
    fn nothing_else() {
        for url in [
            "http://10.0.0.1/",
            "http://0.0.0.0:80/",
            "http://[::]/",
            "http://[::ffff:10.0.0.1]/",
            "http://[::ffff:127.0.0.1]/",
            "http://[fe80::1]/",
            "http://167772161/",
            "http://0/",
            "http://192.168.1.1:8080/",
            "http://169.254.169.254/latest/meta-data",
            "http://shop.example/",
            "http://localhost.attacker.example/",
            "http://127.0.0.1.attacker.example/",
            "http://localhost@10.0.0.1/",
            "http://127.0.0.1:80@10.0.0.1/",
            "http://user@localhost/",
            "http://:password@localhost/",
            "http://10.0.0.1\\@localhost/",
            "https://localhost/",
            "file:///etc/passwd",
            "ftp://localhost/",
            "//localhost/",
            "localhost:3000",
            "",
        ] {
            assert!(check(url, &[]).is_err(), "{url}");
        }
    }

    #[test]
    fn hosts_that_are_allowed() {
        let allowed = ["shop".to_owned(), "10.0.0.1".to_owned(), "fe80::1".to_owned()];
        for (url, is_allowed) in [
            ("http://shop:3000/", true),
            ("http://SHOP/", true),
            ("http://10.0.0.1/", true),
            ("http://[fe80::1]/", true),
            ("http://shop.example/", false),
            ("http://10.0.0.2/", false),
            ("http://shop@10.0.0.2/", false),
        ] {
            assert_eq!(check(url, &allowed).is_ok(), is_allowed, "{url}");
        }
    }

    #[test]
    fn names_that_lead_elsewhere() {
        let parse = |addresses: &[&str]| addresses.iter().map(|text| text.parse().unwrap()).collect::<Vec<_>>();
        assert!(only_loopback(&parse(&["127.0.0.1:0", "[::1]:0"])).is_ok());
        for addresses in [&["10.0.0.1:0"][..], &["127.0.0.1:0", "10.0.0.1:0"], &["[::]:0"], &["[::ffff:10.0.0.1]:0"]] {
            assert!(only_loopback(&parse(addresses)).is_err(), "{addresses:?}");
        }
    }

    #[tokio::test]
    async fn the_client_asks_the_resolver() {
        use std::str::FromStr;

        // Every machine has this name, and it leads to this machine or to nothing.
        let resolver = Resolver { allowed: Vec::new() };
        if let Ok(addresses) = resolver.resolve(Name::from_str("localhost").unwrap()).await {
            assert!(addresses.into_iter().all(|address| address.ip().is_loopback()));
        }
    }
}
