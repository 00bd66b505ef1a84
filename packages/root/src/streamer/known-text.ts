/**
 * Layouts of ROOT's own classes, as ROOT 3 to 6 write them into their files, for files that leave them out.
 * A line is a class: name and version, and its members between bars: kind, name, type code, type (`~` for a space), `[items]` of a
 * fixed array, `#counter` of a variable one.
 */
export const knownText = `
ROOT::TIOFeatures 1 | basic fIOBits 11 unsigned~char
TAtt3D 1
TAttAxis 4 | basic fNdivisions 3 Int_t | basic fAxisColor 2 Color_t | basic fLabelColor 2 Color_t | basic fLabelFont 2 Style_t | basic fLabelOffset 5 Float_t | basic fLabelSize 5 Float_t | basic fTickLength 5 Float_t | basic fTitleOffset 5 Float_t | basic fTitleSize 5 Float_t | basic fTitleColor 2 Color_t | basic fTitleFont 2 Style_t
TAttBBox2D 0
TAttFill 1 | basic fFillColor 2 short | basic fFillStyle 2 short
TAttFill 2 | basic fFillColor 2 short | basic fFillStyle 2 short
TAttLine 1 | basic fLineColor 2 short | basic fLineStyle 2 short | basic fLineWidth 2 short
TAttLine 2 | basic fLineColor 2 short | basic fLineStyle 2 short | basic fLineWidth 2 short
TAttMarker 1 | basic fMarkerColor 2 Color_t | basic fMarkerStyle 2 Style_t | basic fMarkerSize 5 Size_t
TAttMarker 2 | basic fMarkerColor 2 short | basic fMarkerStyle 2 short | basic fMarkerSize 5 float
TAttMarker 3 | basic fMarkerColor 2 short | basic fMarkerStyle 2 short | basic fMarkerSize 5 float
TAttText 1 | basic fTextAngle 5 Float_t | basic fTextSize 5 Float_t | basic fTextAlign 2 Short_t | basic fTextColor 2 short | basic fTextFont 2 short
TAttText 2 | basic fTextAngle 5 float | basic fTextSize 5 float | basic fTextAlign 2 short | basic fTextColor 2 short | basic fTextFont 2 short
TAxis 10 | base TNamed 67 BASE | base TAttAxis 0 BASE | basic fNbins 3 int | basic fXmin 8 double | basic fXmax 8 double | any fXbins 62 TArrayD | basic fFirst 3 int | basic fLast 3 int | basic fBits2 12 unsigned~short | basic fTimeDisplay 18 bool | string fTimeFormat 65 TString | pointer fLabels 64 THashList* | pointer fModLabs 64 TList*
TAxis 6 | base TNamed 67 BASE | base TAttAxis 0 BASE | basic fNbins 3 Int_t | basic fXmin 8 Axis_t | basic fXmax 8 Axis_t | any fXbins 62 TArrayD | basic fFirst 3 Int_t | basic fLast 3 Int_t | basic fTimeDisplay 18 Bool_t | string fTimeFormat 65 TString
TAxis 9 | base TNamed 67 BASE | base TAttAxis 0 BASE | basic fNbins 3 Int_t | basic fXmin 8 Double_t | basic fXmax 8 Double_t | any fXbins 62 TArrayD | basic fFirst 3 Int_t | basic fLast 3 Int_t | basic fBits2 12 UShort_t | basic fTimeDisplay 18 Bool_t | string fTimeFormat 65 TString | pointer fLabels 64 THashList*
TBranch 11 | base TNamed 67 BASE | base TAttFill 0 BASE | basic fCompress 3 Int_t | basic fBasketSize 3 Int_t | basic fEntryOffsetLen 3 Int_t | basic fWriteBasket 3 Int_t | basic fEntryNumber 16 Long64_t | basic fOffset 3 Int_t | basic fMaxBaskets 6 Int_t | basic fSplitLevel 3 Int_t | basic fEntries 16 Long64_t | basic fFirstEntry 16 Long64_t | basic fTotBytes 16 Long64_t | basic fZipBytes 16 Long64_t | object fBranches 61 TObjArray | object fLeaves 61 TObjArray | object fBaskets 61 TObjArray | counted fBasketBytes 43 Int_t* #fMaxBaskets | counted fBasketEntry 56 Long64_t* #fMaxBaskets | counted fBasketSeek 56 Long64_t* #fMaxBaskets | string fFileName 65 TString
TBranch 12 | base TNamed 67 BASE | base TAttFill 0 BASE | basic fCompress 3 int | basic fBasketSize 3 int | basic fEntryOffsetLen 3 int | basic fWriteBasket 3 int | basic fEntryNumber 16 Long64_t | basic fOffset 3 int | basic fMaxBaskets 6 int | basic fSplitLevel 3 int | basic fEntries 16 Long64_t | basic fFirstEntry 16 Long64_t | basic fTotBytes 16 Long64_t | basic fZipBytes 16 Long64_t | object fBranches 61 TObjArray | object fLeaves 61 TObjArray | object fBaskets 61 TObjArray | counted fBasketBytes 43 int* #fMaxBaskets | counted fBasketEntry 56 Long64_t* #fMaxBaskets | counted fBasketSeek 56 Long64_t* #fMaxBaskets | string fFileName 65 TString
TBranch 13 | base TNamed 67 BASE | base TAttFill 0 BASE | basic fCompress 3 int | basic fBasketSize 3 int | basic fEntryOffsetLen 3 int | basic fWriteBasket 3 int | basic fEntryNumber 16 Long64_t | any fIOFeatures 62 ROOT::TIOFeatures | basic fOffset 3 int | basic fMaxBaskets 6 int | basic fSplitLevel 3 int | basic fEntries 16 Long64_t | basic fFirstEntry 16 Long64_t | basic fTotBytes 16 Long64_t | basic fZipBytes 16 Long64_t | object fBranches 61 TObjArray | object fLeaves 61 TObjArray | object fBaskets 61 TObjArray | counted fBasketBytes 43 int* #fMaxBaskets | counted fBasketEntry 56 Long64_t* #fMaxBaskets | counted fBasketSeek 56 Long64_t* #fMaxBaskets | string fFileName 65 TString
TBranch 8 | base TNamed 67 BASE | base TAttFill 0 BASE | basic fCompress 3 Int_t | basic fBasketSize 3 Int_t | basic fEntryOffsetLen 3 Int_t | basic fWriteBasket 3 Int_t | basic fEntryNumber 3 Int_t | basic fOffset 3 Int_t | basic fMaxBaskets 6 Int_t | basic fSplitLevel 3 Int_t | basic fEntries 8 Stat_t | basic fTotBytes 8 Stat_t | basic fZipBytes 8 Stat_t | object fBranches 61 TObjArray | object fLeaves 61 TObjArray | object fBaskets 61 TObjArray | counted fBasketBytes 43 Int_t* #fMaxBaskets | counted fBasketEntry 43 Int_t* #fMaxBaskets | counted fBasketSeek 43 Seek_t* #fMaxBaskets | string fFileName 65 TString
TBranchElement 1 | base TBranch 0 BASE | string fClassName 65 TString | basic fClassVersion 3 Int_t | basic fID 3 Int_t | basic fType 3 Int_t | basic fStreamerType 3 Int_t
TBranchElement 10 | base TBranch 0 BASE | string fClassName 65 TString | string fParentName 65 TString | string fClonesName 65 TString | basic fCheckSum 13 unsigned~int | basic fClassVersion 2 short | basic fID 3 int | basic fType 3 int | basic fStreamerType 3 int | basic fMaximum 3 int | pointer fBranchCount 64 TBranchElement* | pointer fBranchCount2 64 TBranchElement*
TBranchElement 9 | base TBranch 0 BASE | string fClassName 65 TString | string fParentName 65 TString | string fClonesName 65 TString | basic fCheckSum 13 UInt_t | basic fClassVersion 3 Int_t | basic fID 3 Int_t | basic fType 3 Int_t | basic fStreamerType 3 Int_t | basic fMaximum 3 Int_t | pointer fBranchCount 64 TBranchElement* | pointer fBranchCount2 64 TBranchElement*
TBranchObject 1 | base TBranch 0 BASE | string fClassName 65 TString
TBranchRef 1 | base TBranch 0 BASE | pointer fRefTable 64 TRefTable*
TEfficiency 2 | base TNamed 67 BASE | base TAttLine 0 BASE | base TAttFill 0 BASE | base TAttMarker 0 BASE | basic fBeta_alpha 8 double | basic fBeta_beta 8 double | stl fBeta_bin_params 500 vector<pair<double,double>~> | basic fConfLevel 8 double | pointer fFunctions 63 TList* | pointer fPassedHistogram 64 TH1* | basic fStatisticOption 3 TEfficiency::EStatOption | pointer fTotalHistogram 64 TH1* | basic fWeight 8 double
TGraph 4 | base TNamed 67 BASE | base TAttLine 0 BASE | base TAttFill 0 BASE | base TAttMarker 0 BASE | basic fNpoints 6 int | counted fX 48 double* #fNpoints | counted fY 48 double* #fNpoints | pointer fFunctions 64 TList* | pointer fHistogram 64 TH1F* | basic fMinimum 8 double | basic fMaximum 8 double
TGraphAsymmErrors 3 | base TGraph 0 BASE | counted fEXlow 48 double* #fNpoints | counted fEXhigh 48 double* #fNpoints | counted fEYlow 48 double* #fNpoints | counted fEYhigh 48 double* #fNpoints
TH1 3 | base TNamed 67 BASE | base TAttLine 0 BASE | base TAttFill 0 BASE | base TAttMarker 0 BASE | basic fNcells 3 Int_t | object fXaxis 61 TAxis | object fYaxis 61 TAxis | object fZaxis 61 TAxis | basic fBarOffset 2 Short_t | basic fBarWidth 2 Short_t | basic fEntries 8 Stat_t | basic fTsumw 8 Stat_t | basic fTsumw2 8 Stat_t | basic fTsumwx 8 Stat_t | basic fTsumwx2 8 Stat_t | basic fMaximum 8 Double_t | basic fMinimum 8 Double_t | basic fNormFactor 8 Double_t | any fContour 62 TArrayD | any fSumw2 62 TArrayD | string fOption 65 TString | pointer fFunctions 63 TList*
TH1 6 | base TNamed 67 BASE | base TAttLine 0 BASE | base TAttFill 0 BASE | base TAttMarker 0 BASE | basic fNcells 3 Int_t | object fXaxis 61 TAxis | object fYaxis 61 TAxis | object fZaxis 61 TAxis | basic fBarOffset 2 Short_t | basic fBarWidth 2 Short_t | basic fEntries 8 Double_t | basic fTsumw 8 Double_t | basic fTsumw2 8 Double_t | basic fTsumwx 8 Double_t | basic fTsumwx2 8 Double_t | basic fMaximum 8 Double_t | basic fMinimum 8 Double_t | basic fNormFactor 8 Double_t | any fContour 62 TArrayD | any fSumw2 62 TArrayD | string fOption 65 TString | pointer fFunctions 63 TList* | basic fBufferSize 6 Int_t | counted fBuffer 48 Double_t* #fBufferSize
TH1 7 | base TNamed 67 BASE | base TAttLine 0 BASE | base TAttFill 0 BASE | base TAttMarker 0 BASE | basic fNcells 3 Int_t | object fXaxis 61 TAxis | object fYaxis 61 TAxis | object fZaxis 61 TAxis | basic fBarOffset 2 Short_t | basic fBarWidth 2 Short_t | basic fEntries 8 Double_t | basic fTsumw 8 Double_t | basic fTsumw2 8 Double_t | basic fTsumwx 8 Double_t | basic fTsumwx2 8 Double_t | basic fMaximum 8 Double_t | basic fMinimum 8 Double_t | basic fNormFactor 8 Double_t | any fContour 62 TArrayD | any fSumw2 62 TArrayD | string fOption 65 TString | pointer fFunctions 63 TList* | basic fBufferSize 6 Int_t | counted fBuffer 48 Double_t* #fBufferSize | basic fBinStatErrOpt 3 TH1::EBinErrorOpt
TH1 8 | base TNamed 67 BASE | base TAttLine 0 BASE | base TAttFill 0 BASE | base TAttMarker 0 BASE | basic fNcells 3 int | object fXaxis 61 TAxis | object fYaxis 61 TAxis | object fZaxis 61 TAxis | basic fBarOffset 2 short | basic fBarWidth 2 short | basic fEntries 8 double | basic fTsumw 8 double | basic fTsumw2 8 double | basic fTsumwx 8 double | basic fTsumwx2 8 double | basic fMaximum 8 double | basic fMinimum 8 double | basic fNormFactor 8 double | any fContour 62 TArrayD | any fSumw2 62 TArrayD | string fOption 65 TString | pointer fFunctions 63 TList* | basic fBufferSize 6 int | counted fBuffer 48 double* #fBufferSize | basic fBinStatErrOpt 3 TH1::EBinErrorOpt | basic fStatOverflows 3 TH1::EStatOverflows
TH1C 3 | base TH1 0 BASE | base TArrayC 0 BASE
TH1D 1 | base TH1 0 BASE | base TArrayD 0 BASE
TH1D 2 | base TH1 0 BASE | base TArrayD 0 BASE
TH1D 3 | base TH1 0 BASE | base TArrayD 0 BASE
TH1F 1 | base TH1 0 BASE | base TArrayF 0 BASE
TH1F 2 | base TH1 0 BASE | base TArrayF 0 BASE
TH1F 3 | base TH1 0 BASE | base TArrayF 0 BASE
TH1I 3 | base TH1 0 BASE | base TArrayI 0 BASE
TH1S 3 | base TH1 0 BASE | base TArrayS 0 BASE
TH2 3 | base TH1 0 BASE | basic fScalefactor 8 Stat_t | basic fTsumwy 8 Stat_t | basic fTsumwy2 8 Stat_t | basic fTsumwxy 8 Stat_t
TH2 4 | base TH1 0 BASE | basic fScalefactor 8 Double_t | basic fTsumwy 8 Double_t | basic fTsumwy2 8 Double_t | basic fTsumwxy 8 Double_t
TH2 5 | base TH1 0 BASE | basic fScalefactor 8 double | basic fTsumwy 8 double | basic fTsumwy2 8 double | basic fTsumwxy 8 double
TH2C 4 | base TH2 0 BASE | base TArrayC 0 BASE
TH2D 3 | base TH2 0 BASE | base TArrayD 0 BASE
TH2D 4 | base TH2 0 BASE | base TArrayD 0 BASE
TH2F 3 | base TH2 0 BASE | base TArrayF 0 BASE
TH2F 4 | base TH2 0 BASE | base TArrayF 0 BASE
TH2I 3 | base TH2 0 BASE | base TArrayI 0 BASE
TH2I 4 | base TH2 0 BASE | base TArrayI 0 BASE
TH2S 4 | base TH2 0 BASE | base TArrayS 0 BASE
TH3 4 | base TH1 0 BASE | base TAtt3D 0 BASE | basic fTsumwy 8 Double_t | basic fTsumwy2 8 Double_t | basic fTsumwxy 8 Double_t | basic fTsumwz 8 Double_t | basic fTsumwz2 8 Double_t | basic fTsumwxz 8 Double_t | basic fTsumwyz 8 Double_t
TH3 6 | base TH1 0 BASE | base TAtt3D 0 BASE | basic fTsumwy 8 double | basic fTsumwy2 8 double | basic fTsumwxy 8 double | basic fTsumwz 8 double | basic fTsumwz2 8 double | basic fTsumwxz 8 double | basic fTsumwyz 8 double
TH3C 4 | base TH3 0 BASE | base TArrayC 0 BASE
TH3D 3 | base TH3 0 BASE | base TArrayD 0 BASE
TH3D 4 | base TH3 0 BASE | base TArrayD 0 BASE
TH3F 3 | base TH3 0 BASE | base TArrayF 0 BASE
TH3F 4 | base TH3 0 BASE | base TArrayF 0 BASE
TH3I 4 | base TH3 0 BASE | base TArrayI 0 BASE
TH3S 4 | base TH3 0 BASE | base TArrayS 0 BASE
TLeaf 2 | base TNamed 67 BASE | basic fLen 3 Int_t | basic fLenType 3 Int_t | basic fOffset 3 Int_t | basic fIsRange 18 Bool_t | basic fIsUnsigned 18 Bool_t | pointer fLeafCount 64 TLeaf*
TLeafB 1 | base TLeaf 0 BASE | basic fMinimum 1 char | basic fMaximum 1 char
TLeafC 1 | base TLeaf 0 BASE | basic fMinimum 3 int | basic fMaximum 3 int
TLeafD32 1 | base TLeaf 0 BASE | basic fMinimum 9 Double32_t | basic fMaximum 9 Double32_t
TLeafD 1 | base TLeaf 0 BASE | basic fMinimum 8 double | basic fMaximum 8 double
TLeafElement 1 | base TLeaf 0 BASE | basic fID 3 Int_t | basic fType 3 Int_t
TLeafF16 1 | base TLeaf 0 BASE | basic fMinimum 19 Float16_t | basic fMaximum 19 Float16_t
TLeafF 1 | base TLeaf 0 BASE | basic fMinimum 5 float | basic fMaximum 5 float
TLeafI 1 | base TLeaf 0 BASE | basic fMinimum 3 int | basic fMaximum 3 int
TLeafL 1 | base TLeaf 0 BASE | basic fMinimum 16 Long64_t | basic fMaximum 16 Long64_t
TLeafO 1 | base TLeaf 0 BASE | basic fMinimum 18 bool | basic fMaximum 18 bool
TLeafObject 4 | base TLeaf 0 BASE | basic fVirtual 18 Bool_t
TLeafS 1 | base TLeaf 0 BASE | basic fMinimum 2 Short_t | basic fMaximum 2 Short_t
TNtuple 2 | base TTree 0 BASE | basic fNvar 3 Int_t
TParameter<Long64_t> 2 | base TObject 66 BASE | string fName 65 TString | basic fVal 16 Long64_t
TParameter<bool> 2 | base TObject 66 BASE | string fName 65 TString | basic fVal 18 bool
TParameter<double> 1 | base TObject 66 BASE | string fName 65 TString | basic fVal 8 double
TParameter<double> 2 | base TObject 66 BASE | string fName 65 TString | basic fVal 8 double
TParameter<int> 1 | base TObject 66 BASE | string fName 65 TString | basic fVal 3 int
TParameter<int> 2 | base TObject 66 BASE | string fName 65 TString | basic fVal 3 int
TProfile2D 5 | base TH2D 0 BASE | any fBinEntries 62 TArrayD | basic fErrorMode 3 EErrorType | basic fZmin 8 Double_t | basic fZmax 8 Double_t | basic fTsumwz 8 Double_t | basic fTsumwz2 8 Double_t
TProfile2D 8 | base TH2D 0 BASE | any fBinEntries 62 TArrayD | basic fErrorMode 3 EErrorType | basic fZmin 8 double | basic fZmax 8 double | basic fTsumwz 8 double | basic fTsumwz2 8 double | any fBinSumw2 62 TArrayD
TProfile 4 | base TH1D 0 BASE | any fBinEntries 62 TArrayD | basic fErrorMode 3 EErrorType | basic fYmin 8 Double_t | basic fYmax 8 Double_t | basic fTsumwy 8 Double_t | basic fTsumwy2 8 Double_t
TProfile 6 | base TH1D 0 BASE | any fBinEntries 62 TArrayD | basic fErrorMode 3 EErrorType | basic fYmin 8 Double_t | basic fYmax 8 Double_t | basic fTsumwy 8 Double_t | basic fTsumwy2 8 Double_t | any fBinSumw2 62 TArrayD
TProfile 7 | base TH1D 0 BASE | any fBinEntries 62 TArrayD | basic fErrorMode 3 EErrorType | basic fYmin 8 double | basic fYmax 8 double | basic fTsumwy 8 double | basic fTsumwy2 8 double | any fBinSumw2 62 TArrayD
TRefTable 3 | base TObject 66 BASE | basic fSize 3 Int_t | pointer fParents 64 TObjArray* | pointer fOwner 64 TObject* | stl fProcessGUIDs 500 vector<string>
TTree 16 | base TNamed 67 BASE | base TAttLine 0 BASE | base TAttFill 0 BASE | base TAttMarker 0 BASE | basic fEntries 16 Long64_t | basic fTotBytes 16 Long64_t | basic fZipBytes 16 Long64_t | basic fSavedBytes 16 Long64_t | basic fWeight 8 Double_t | basic fTimerInterval 3 Int_t | basic fScanField 3 Int_t | basic fUpdate 3 Int_t | basic fMaxEntries 16 Long64_t | basic fMaxEntryLoop 16 Long64_t | basic fMaxVirtualSize 16 Long64_t | basic fAutoSave 16 Long64_t | basic fEstimate 16 Long64_t | object fBranches 61 TObjArray | object fLeaves 61 TObjArray | pointer fAliases 64 TList* | any fIndexValues 62 TArrayD | any fIndex 62 TArrayI | pointer fTreeIndex 64 TVirtualIndex* | pointer fFriends 64 TList* | pointer fUserInfo 64 TList* | pointer fBranchRef 64 TBranchRef*
TTree 17 | base TNamed 67 BASE | base TAttLine 0 BASE | base TAttFill 0 BASE | base TAttMarker 0 BASE | basic fEntries 16 Long64_t | basic fTotBytes 16 Long64_t | basic fZipBytes 16 Long64_t | basic fSavedBytes 16 Long64_t | basic fWeight 8 Double_t | basic fTimerInterval 3 Int_t | basic fScanField 3 Int_t | basic fUpdate 3 Int_t | basic fDefaultEntryOffsetLen 3 Int_t | basic fMaxEntries 16 Long64_t | basic fMaxEntryLoop 16 Long64_t | basic fMaxVirtualSize 16 Long64_t | basic fAutoSave 16 Long64_t | basic fEstimate 16 Long64_t | object fBranches 61 TObjArray | object fLeaves 61 TObjArray | pointer fAliases 64 TList* | any fIndexValues 62 TArrayD | any fIndex 62 TArrayI | pointer fTreeIndex 64 TVirtualIndex* | pointer fFriends 64 TList* | pointer fUserInfo 64 TList* | pointer fBranchRef 64 TBranchRef*
TTree 18 | base TNamed 67 BASE | base TAttLine 0 BASE | base TAttFill 0 BASE | base TAttMarker 0 BASE | basic fEntries 16 Long64_t | basic fTotBytes 16 Long64_t | basic fZipBytes 16 Long64_t | basic fSavedBytes 16 Long64_t | basic fFlushedBytes 16 Long64_t | basic fWeight 8 Double_t | basic fTimerInterval 3 Int_t | basic fScanField 3 Int_t | basic fUpdate 3 Int_t | basic fDefaultEntryOffsetLen 3 Int_t | basic fMaxEntries 16 Long64_t | basic fMaxEntryLoop 16 Long64_t | basic fMaxVirtualSize 16 Long64_t | basic fAutoSave 16 Long64_t | basic fAutoFlush 16 Long64_t | basic fEstimate 16 Long64_t | object fBranches 61 TObjArray | object fLeaves 61 TObjArray | pointer fAliases 64 TList* | any fIndexValues 62 TArrayD | any fIndex 62 TArrayI | pointer fTreeIndex 64 TVirtualIndex* | pointer fFriends 64 TList* | pointer fUserInfo 64 TList* | pointer fBranchRef 64 TBranchRef*
TTree 19 | base TNamed 67 BASE | base TAttLine 0 BASE | base TAttFill 0 BASE | base TAttMarker 0 BASE | basic fEntries 16 Long64_t | basic fTotBytes 16 Long64_t | basic fZipBytes 16 Long64_t | basic fSavedBytes 16 Long64_t | basic fFlushedBytes 16 Long64_t | basic fWeight 8 double | basic fTimerInterval 3 int | basic fScanField 3 int | basic fUpdate 3 int | basic fDefaultEntryOffsetLen 3 int | basic fNClusterRange 6 int | basic fMaxEntries 16 Long64_t | basic fMaxEntryLoop 16 Long64_t | basic fMaxVirtualSize 16 Long64_t | basic fAutoSave 16 Long64_t | basic fAutoFlush 16 Long64_t | basic fEstimate 16 Long64_t | counted fClusterRangeEnd 56 Long64_t* #fNClusterRange | counted fClusterSize 56 Long64_t* #fNClusterRange | object fBranches 61 TObjArray | object fLeaves 61 TObjArray | pointer fAliases 64 TList* | any fIndexValues 62 TArrayD | any fIndex 62 TArrayI | pointer fTreeIndex 64 TVirtualIndex* | pointer fFriends 64 TList* | pointer fUserInfo 64 TList* | pointer fBranchRef 64 TBranchRef*
TTree 20 | base TNamed 67 BASE | base TAttLine 0 BASE | base TAttFill 0 BASE | base TAttMarker 0 BASE | basic fEntries 16 Long64_t | basic fTotBytes 16 Long64_t | basic fZipBytes 16 Long64_t | basic fSavedBytes 16 Long64_t | basic fFlushedBytes 16 Long64_t | basic fWeight 8 double | basic fTimerInterval 3 int | basic fScanField 3 int | basic fUpdate 3 int | basic fDefaultEntryOffsetLen 3 int | basic fNClusterRange 6 int | basic fMaxEntries 16 Long64_t | basic fMaxEntryLoop 16 Long64_t | basic fMaxVirtualSize 16 Long64_t | basic fAutoSave 16 Long64_t | basic fAutoFlush 16 Long64_t | basic fEstimate 16 Long64_t | counted fClusterRangeEnd 56 Long64_t* #fNClusterRange | counted fClusterSize 56 Long64_t* #fNClusterRange | any fIOFeatures 62 ROOT::TIOFeatures | object fBranches 61 TObjArray | object fLeaves 61 TObjArray | pointer fAliases 64 TList* | any fIndexValues 62 TArrayD | any fIndex 62 TArrayI | pointer fTreeIndex 64 TVirtualIndex* | pointer fFriends 64 TList* | pointer fUserInfo 64 TList* | pointer fBranchRef 64 TBranchRef*
TTree 5 | base TNamed 67 BASE | base TAttLine 0 BASE | base TAttFill 0 BASE | base TAttMarker 0 BASE | basic fEntries 8 Stat_t | basic fTotBytes 8 Stat_t | basic fZipBytes 8 Stat_t | basic fSavedBytes 8 Stat_t | basic fTimerInterval 3 Int_t | basic fScanField 3 Int_t | basic fUpdate 3 Int_t | basic fMaxEntryLoop 3 Int_t | basic fMaxVirtualSize 3 Int_t | basic fAutoSave 3 Int_t | basic fEstimate 3 Int_t | object fBranches 61 TObjArray | object fLeaves 61 TObjArray | any fIndexValues 62 TArrayD | any fIndex 62 TArrayI
TLeafG 1 | base TLeaf 0 BASE | basic fMinimum 4 Long_t | basic fMaximum 4 Long_t
`;
