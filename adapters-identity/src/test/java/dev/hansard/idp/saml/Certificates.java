// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.saml;

/** Certificates in base64, as metadata carries them; nobody has their keys any more. */
final class Certificates {
    static final String RSA_2048 =
            "MIIC0TCCAbmgAwIBAgIId5jmM9A8uCgwDQYJKoZIhvcNAQELBQAwFjEUMBIGA1UEAxMLaWRwLmV4YW1wbGUwIBcNMj"
                    + "YxMTIzMDkyOTMxWhgPMjEyNjEwMzAwOTI5MzFaMBYxFDASBgNVBAMTC2lkcC5leGFtcGxlMIIBIjANBgkqhkiG9w0B"
                    + "AQEFAAOCAQ8AMIIBCgKCAQEA8K1hnuH4JiXQFhrXfD7CaQwRlzgHCCeP7gC3DK0sdWIM1FfKyzAo5E5ecXeO+PpKKB"
                    + "VlS+5/aSCO3K2u+ahiuMoc5P0pz14yR6qEvzqyQdJN2GxEifffuDEcM7/uO4+LOFKiiAAg7zxUv98gWFCDoRW95vuj"
                    + "cPPvZCYUwSI4FNbriYvYoWrRn1qxlTmmWGi1WBnQ/S3Mc5IwDcNTUAsfdM4akGldTXqkydvXSPzpwdSXV8fiQ8Eu8u"
                    + "gXYg2YF7sdZklYtwK+Slw6AgT0gb0hc0GFylkZxgHR49TvezkizDiAD3lcw0eVnynrVcoc/jUmkpxmyDCzt8EaMPUV"
                    + "TgYi+QIDAQABoyEwHzAdBgNVHQ4EFgQUdQDQ2SNF8ffZITP0FH4Qrv8AxZkwDQYJKoZIhvcNAQELBQADggEBAGu3zD"
                    + "s0xa9k8lRV13QbZtbyj6T0sRiFBZpGF3hHb8BhuKpFtsT0L7MLidql9LJguyaf1RIBdbnP0v79YVvQWMoUnivbjVcw"
                    + "3539CwsVdPr7qiddyquxei/ZYZMakX4Ed5K0OgOVC8o9mvEm+yt5rPPB/QtM2oGOAItk+VGuQpjCafxKNSX6Nl33xs"
                    + "etsD7rS/Lwqxz4BxJZrKQHma7mvp2+1Li67abWUXkrBnSyXi4azjuB8cJ6aCo6SUlKifK7l+p8Gp5zgyLp5TlFFes0"
                    + "cUbAERX35ZPjdVMCYTvv+afdvYoc3mGcqa7N1HVAYZ5Dh43hH6K1yQvpbpDgLOUlXmE=";

    static final String EC_P256 =
            "MIIBRjCB7KADAgECAgkAouOSKlhKV2kwCgYIKoZIzj0EAwIwFjEUMBIGA1UEAxMLaWRwLmV4YW1wbGUwIBcNMjYxMT"
                    + "IzMDkyOTM2WhgPMjEyNjEwMzAwOTI5MzZaMBYxFDASBgNVBAMTC2lkcC5leGFtcGxlMFkwEwYHKoZIzj0CAQYIKoZI"
                    + "zj0DAQcDQgAElFBapTiG6MnlzeoEw/KBRPUDTc7/U2X/ggU/o3Ciqr9PuNnSsibtfbQCWzFpiCyfvB12ymmc4LPjMc"
                    + "mXvJfnraMhMB8wHQYDVR0OBBYEFMsV12bOp14o/7VKF2oXEGfc6y3xMAoGCCqGSM49BAMCA0kAMEYCIQDRogsa2X4U"
                    + "15OMJoSCMnksZtjs84UYJ6hmNq12eajVuAIhAMGGtSxCue49H3QP1eQrsYyjtdB9tWiZLbGk/Go1ndk+";

    static final String RSA_1024 =
            "MIIBzTCCATagAwIBAgIJAKica4DOTssMMA0GCSqGSIb3DQEBCwUAMBYxFDASBgNVBAMTC2lkcC5leGFtcGxlMCAXDT"
                    + "I2MTEyMzA5Mjk0MFoYDzIxMjYxMDMwMDkyOTQwWjAWMRQwEgYDVQQDEwtpZHAuZXhhbXBsZTCBnzANBgkqhkiG9w0B"
                    + "AQEFAAOBjQAwgYkCgYEAm9T2WxWSjQymSu/8cvVQxNfDgA2n9uuBqSvKr69ifGu4aiu4OWVLBqy449f2wm2NtQp0AA"
                    + "m30W12Di560fXljuW6by1eXeHJT6UkMMj14XbGap4z+I1R5JApVpnn7ALHS0/N8jQ0kX+yrC2qEBRSsK8f56W42aOx"
                    + "nsRf5Qe4/XkCAwEAAaMhMB8wHQYDVR0OBBYEFAVhGpDPfiMkKmqr8oSS0MSQY98SMA0GCSqGSIb3DQEBCwUAA4GBAG"
                    + "5WyEmp7KOZ0MiobeD/wVfVnxIKmSf9U7Ki/3T2B0tVvvRsidZeQtdraZOCIkYjxLyOIYYT8bVxABrZvqRApQ7awAkA"
                    + "Hoi843GZQtr5M2cxiKcLxdWOhdvvfynWMsp/NqOtJzEysTm10DVc3N/UoAIzDCQTWh/apn5ByuhF365I";

    private Certificates() {}
}
