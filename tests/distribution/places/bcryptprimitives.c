/* Rust's standard library takes its random numbers from ProcessPrng, which Windows has in bcryptprimitives.dll.
   Wine 8 does not have that library, so no program or extension module built by Rust starts there. This is all
   that is called of it. */
#include <windows.h>
#include <ntsecapi.h>

__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE data, SIZE_T length) {
    return RtlGenRandom(data, (ULONG)length);
}
